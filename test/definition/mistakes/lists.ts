import { analysis } from './analysis.ts';
import { calendars } from './calendars.ts';
import { calls } from './calls.ts';
import { clauses } from './clauses.ts';
import { conditions } from './conditions.ts';
import { constants } from './constants.ts';
import { course } from './course.ts';
import { evidence } from './evidence.ts';
import { fields } from './fields.ts';
import { people } from './people.ts';
import { schedules } from './schedules.ts';
import { signals } from './signals.ts';
import { slas } from './slas.ts';
import { syntax } from './syntax.ts';
import { words } from './words.ts';

/** By what they are made in; each list has a file of its own. */
export const lists = {
  syntax,
  'the words of the language': words,
  'roles, access and approvals': people,
  'fields and tables': fields,
  'steps, activities and outcomes': course,
  evidence,
  schedules,
  signals,
  'times and escalations': slas,
  calendars,
  calls,
  'conditions and gates': conditions,
  'conditions that are always the same': constants,
  'the course, which an analysis finds': analysis,
  'the clauses of a policy': clauses,
};
