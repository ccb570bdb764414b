import type { Text } from '../text.ts';
import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import type { Renamed } from './types.ts';

/** Something of a kind whose ids are one namespace, and the ids that it had. */
interface Named extends Renamed {
  readonly id: string;
  readonly path: Path;
}

/** Ids of earlier versions (`was`, `retired`): nothing of today has them, and each leads to one thing. */
export function checkFormer(check: Check): void {
  const { roles, fields, outcomes, phases, retired } = check.definition;
  const under = (section: string, elements: readonly ({ readonly id: string } & Renamed)[], path: Path = []) =>
    elements.map(({ id, was }) => ({ id, was, path: [...path, section, id] }));
  const steps = eachStep(check.definition);
  const of = (section: 'activities' | 'approvals') =>
    steps.flatMap(({ step, path }) => under(section, step[section], path));
  checkKind(check, { zh: '角色', en: 'role' }, under('roles', roles));
  checkKind(check, { zh: '字段', en: 'field' }, under('fields', fields));
  checkKind(check, { zh: '结果', en: 'outcome' }, under('outcomes', outcomes));
  checkKind(check, { zh: '细则', en: 'activity' }, of('activities'));
  checkKind(check, { zh: '审批', en: 'approval' }, of('approvals'));
  const places = [...under('phases', phases), ...steps.map(({ step, path }) => ({ id: step.id, was: step.was, path }))];
  const former = checkKind(check, { zh: '阶段或环节', en: 'phase or step' }, places);
  const known = steps.map(({ step }) => step.id);
  const ids = new Set(places.map(({ id }) => id));
  for (const { id, moveTo } of retired) {
    const path: Path = ['retired', id];
    if (!check.sound(path)) continue;
    checkName(check, 'unknown-step', moveTo, known, [...path, 'move_to']);
    if (ids.has(id)) inUse(check, (code, advice) => check.atKey(code, path, advice), id);
    const heir = former.get(id);
    if (heir !== undefined) twice(check, (code, advice) => check.atKey(code, path, advice), id, heir);
  }
}

/** Who had which id before. */
function checkKind(check: Check, kind: Text, elements: readonly Named[]): ReadonlyMap<string, string> {
  const ids = new Set(elements.map(({ id }) => id));
  const heirs = new Map<string, string>();
  for (const { id, was, path } of elements) {
    for (const [n, former] of was.entries()) {
      const list = [...path, 'was'];
      const item = [...list, n];
      const at = check.outline.marks.has(pointerOf(item)) ? item : list;
      const tell: Tell = (code, advice) => check.atValue(code, at, advice);
      const heir = heirs.get(former);
      if (ids.has(former)) inUse(check, tell, former, kind);
      // One list that names it twice is told by the schema.
      else if (heir !== undefined && heir !== id) twice(check, tell, former, heir);
      else heirs.set(former, id);
    }
  }
  return heirs;
}

type Tell = (code: 'former-in-use' | 'former-twice', advice: Parameters<Check['atKey']>[2]) => void;

function inUse(check: Check, tell: Tell, id: string, { zh, en }: Text = { zh: '环节', en: 'step' }): void {
  if (check.isFull()) return;
  tell('former-in-use', {
    message: {
      zh: `${id} 不是以前的标识：现在还有${zh} ${id}`,
      en: `${id} is no former id: there is a ${en} ${id} now`,
    },
    remedy: {
      zh: '请删除这个旧标识；若要换人使用它，先给现有的改名',
      en: 'Delete the former id, or rename what has it now',
    },
  });
}

function twice(check: Check, tell: Tell, id: string, heir: string): void {
  if (check.isFull()) return;
  tell('former-twice', {
    message: { zh: `以前的 ${id} 已由 ${heir} 接替`, en: `What was ${id} has become ${heir} already` },
    remedy: {
      zh: '一个旧标识只能有一个去处，请删除其中一处',
      en: 'A former id leads to one place: delete one of the two',
    },
  });
}
