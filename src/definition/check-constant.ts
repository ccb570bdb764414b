import type { Shape } from '../expr/index.ts';
import type { Text } from '../text.ts';
import type { Check } from './check.ts';
import { checkCriteria } from './check-criteria.ts';
import type { ConstantPart } from './constancy.ts';
import { eachCondition, type PlacedCondition } from './each-condition.ts';
import { limitsOf, limitsText } from './field-limits.ts';
import { type Path, pointerOf } from './outline.ts';

/** Criteria, conditions, and parts of them, that hold never or always, whatever values the fields have. */
export function checkConstant(check: Check): void {
  const dead = checkCriteria(check).map((path) => `${pointerOf(path)}/`);
  for (const condition of eachCondition(check)) {
    const constancy = check.constancy(condition.text);
    if (constancy === null) continue;
    const where = pointerOf(condition.path);
    if (constancy.holds === 'always' && dead.some((around) => where.startsWith(around))) continue;
    const [first] = constancy.parts;
    if (constancy.holds === 'never' && first !== undefined && isOfActivity(condition.path))
      activityUnreachable(check, condition, first.part);
    else for (const part of constancy.parts) constantPart(check, condition, part);
  }
}

function isOfActivity(path: Path): boolean {
  return path.length === 7 && path[4] === 'activities' && path[6] === 'when';
}

function activityUnreachable(check: Check, { text, path }: PlacedCondition, part: Shape): void {
  const why = reason(check, text, part);
  check.within('activity-unreachable', path, 0, text.length, {
    message: {
      zh: `细则 ${path[5]} 永远不需要：${why.zh}`,
      en: `The activity ${path[5]} is never needed: ${why.en}`,
    },
    remedy: { zh: '请改正 when，或删除这件细则', en: 'Correct its `when`, or delete the activity' },
  });
}

function constantPart(check: Check, { text, path }: PlacedCondition, { part, holds }: ConstantPart): void {
  const own = text.slice(part.start, part.end);
  const why = reason(check, text, part);
  check.within(`${holds}-holds`, path, part.start, part.end - part.start, {
    message:
      holds === 'never'
        ? { zh: `${own} 永远不成立：${why.zh}`, en: `${own} can never hold: ${why.en}` }
        : { zh: `${own} 总是成立：${why.zh}`, en: `${own} always holds: ${why.en}` },
    remedy:
      holds === 'never' ? { zh: '请改正数值或条件', en: 'Correct the value or the condition' } : alwaysRemedy(why),
  });
}

interface Reason extends Text {
  /** The one field that it reads; null: none, or several. */
  readonly field: string | null;
}

/** What the fields of a part can be, which is why. */
function reason(check: Check, text: string, part: Shape): Reason {
  if (part.kind === 'all') return { field: null, zh: '它的各项互相矛盾', en: 'its parts exclude each other' };
  if (part.kind === 'any') return { field: null, zh: '它的各项总有一项成立', en: 'one of its parts always does' };
  const { definition } = check;
  const compiled = check.condition(text.slice(part.start, part.end));
  const reads = compiled.ok ? compiled.condition.reads : [];
  const [id, ...others] = reads;
  const field = definition.fields.find((each) => each.id === id);
  if (field === undefined) return { field: null, zh: '它不读取任何字段', en: 'it reads no field' };
  if (others.length > 0)
    return { field: null, zh: '字段的任何值都是如此', en: 'it is so whatever values its fields have' };
  const can = limitsText(field, limitsOf(definition, field));
  return { field: field.id, zh: `${field.id} ${can.zh}`, en: `${field.id} ${can.en}` };
}

function alwaysRemedy({ field }: Reason): Text {
  return field === null
    ? { zh: '请改正或删除它', en: 'Correct it or delete it' }
    : {
        zh: `请改正数值；若只要求已填写，请写 known(${field})`,
        en: `Correct the value; if it only has to be known, write known(${field})`,
      };
}
