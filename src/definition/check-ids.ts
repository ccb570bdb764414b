import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import type { Path } from './outline.ts';
import { ADMIN, INSTANCE_OWNER } from './roles.ts';

const RESERVED_PLACES = ['closed', 'end', 'start', 'waiting', 'open', 'done', 'skipped'];
// Words of the condition language: a field of that name could not be read.
const RESERVED_FIELDS = new Set(
  'true false null in known count timestamp int uint double string bool bytes list map dyn type google has size duration matches as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** Reserved words, and ids that must be unique beyond their own map. */
export function checkIds(check: Check): void {
  const { roles, fields, phases } = check.definition;
  for (const { id } of roles) if (id === ADMIN || id === INSTANCE_OWNER) reserved(check, ['roles', id], id);
  for (const { id } of fields) if (RESERVED_FIELDS.has(id)) reserved(check, ['fields', id], id);
  const places = new Set<string>();
  const activities = new Set<string>();
  const approvals = new Set<string>();
  for (const { id } of phases) {
    places.add(id);
    if (RESERVED_PLACES.includes(id)) reserved(check, ['phases', id], id);
  }
  for (const { step, path } of eachStep(check.definition)) {
    if (RESERVED_PLACES.includes(step.id)) reserved(check, path, step.id);
    unique(check, places, step.id, path, { zh: '阶段和环节', en: 'phases and steps' });
    for (const { id } of step.activities) {
      unique(check, activities, id, [...path, 'activities', id], { zh: '细则', en: 'activities' });
    }
    for (const { id } of step.approvals) {
      unique(check, approvals, id, [...path, 'approvals', id], { zh: '审批', en: 'approvals' });
    }
  }
}

function reserved(check: Check, path: Path, id: string): void {
  check.atKey('reserved-id', path, {
    message: { zh: `${id} 是保留的词`, en: `${id} is a reserved word` },
    remedy: { zh: '请换一个标识', en: 'Choose another id' },
  });
}

function unique(check: Check, seen: Set<string>, id: string, path: Path, of: { zh: string; en: string }): void {
  if (seen.has(id)) {
    check.atKey('duplicate-id', path, {
      message: { zh: `${id} 已在前面用过`, en: `${id} is already used above` },
      remedy: {
        zh: `${of.zh}的标识在整个流程中不能重复，请改名`,
        en: `Ids of ${of.en} are unique in the whole process: rename it`,
      },
    });
  }
  seen.add(id);
}
