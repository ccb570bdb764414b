import { parseDuration } from '../calendar/index.ts';
import type { Approver } from './approval-types.ts';
import type { Check } from './check.ts';
import { itemPath } from './check-approvals.ts';
import { checkCondition } from './check-conditions.ts';
import { checkName } from './check-names.ts';
import { eachSla, type PlacedSla } from './each-sla.ts';
import { type Path, pointerOf } from './outline.ts';
import { INSTANCE_OWNER } from './roles.ts';
import type { SlaEffects, SlaTarget } from './sla-types.ts';

/** SLAs: the fields and conditions of their targets, when they warn, whom they tell, and what makes the clock stand still. */
export function checkSlas(check: Check): void {
  for (const placed of eachSla(check.definition)) {
    const { sla, path } = placed;
    checkTimeField(check, 'due', sla.due, [...path, 'due']);
    checkTimeField(check, 'from', sla.from, [...path, 'from']);
    if (sla.from !== null && placed.of === 'approval') {
      check.atKey('word-unfit', [...path, 'from'], {
        message: { zh: '审批从提出时起算', en: 'An approval is timed from its request on' },
        remedy: { zh: '请删除 from', en: 'Delete from' },
      });
    }
    checkTargets(check, sla.targets, [...path, 'targets']);
    checkWarnings(check, placed);
    if (sla.breach !== null) checkEffects(check, sla.breach, [...path, 'breach']);
    checkRungs(check, placed);
    checkPause(check, placed);
  }
}

function checkTimeField(check: Check, word: 'due' | 'from', name: string | null, path: Path): void {
  if (name === null) return;
  const { fields } = check.definition;
  const ids = fields.map(({ id }) => id);
  if (!checkName(check, 'unknown-field', name, ids, path)) return;
  const type = fields.find(({ id }) => id === name)?.type;
  const fits = type === 'datetime' || (word === 'due' && type === 'date');
  if (fits || !check.sound(['fields', name])) return;
  check.atValue('time-field-needed', path, {
    message: { zh: `${name} 是 ${type} 字段`, en: `${name} is a field of type ${type}` },
    remedy:
      word === 'due'
        ? { zh: '请写 date 或 datetime 字段', en: 'Name a field of type date or datetime' }
        : { zh: '请写 datetime 字段', en: 'Name a field of type datetime' },
  });
}

function checkTargets(check: Check, targets: readonly SlaTarget[], path: Path): void {
  for (const [n, { when, due }] of targets.entries()) {
    const at = [...path, n];
    checkTimeField(check, 'due', due, [...at, 'due']);
    if (when !== null) checkCondition(check, when, [...at, 'when']);
    else if (n < targets.length - 1 && check.sound(at)) {
      const word = due === null ? 'within' : 'due';
      check.atKey('rule-never-read', [...at, word], {
        message: {
          zh: '这一条没有 when，总是用它，看不到后面的',
          en: 'This target has no `when`: it always counts, and those after it never',
        },
        remedy: { zh: '请给它写上 when，或放到最后', en: 'Give it a `when`, or put it last' },
      });
    }
  }
}

/** A warning that comes before the clock has started comes at its start. */
function checkWarnings(check: Check, { sla: { within, warn }, path }: PlacedSla): void {
  const whole = within === null ? null : parseDuration(within);
  for (const [n, words] of warn.entries()) {
    const before = parseDuration(words);
    if (whole === null || before === null || before.unit !== whole.unit || before.amount < whole.amount) continue;
    check.atValue('warning-too-early', itemPath(check, [...path, 'warn'], n), {
      message: {
        zh: `到期前 ${words} 提醒，而时限只有 ${within}`,
        en: `It warns ${words} before it is due, and there are only ${within}`,
      },
      remedy: { zh: `请写短于 ${within} 的时长，或百分比`, en: `Write less than ${within}, or a share such as 80%` },
    });
  }
}

function checkRungs(check: Check, { sla: { escalate }, path }: PlacedSla): void {
  for (const [n, rung] of escalate.entries()) {
    const at = [...path, 'escalate', n];
    checkEffects(check, rung, at);
    const [after, last] = [parseDuration(rung.after), parseDuration(escalate[n - 1]?.after ?? '')];
    if (after === null || last === null || after.unit !== last.unit || after.amount > last.amount) continue;
    check.atValue('escalation-order', [...at, 'after'], {
      message: {
        zh: `${rung.after} 不晚于前一级的 ${escalate[n - 1]?.after}`,
        en: `${rung.after} is not later than ${escalate[n - 1]?.after} of the rung before`,
      },
      remedy: { zh: '请按从早到晚的顺序写', en: 'Write the rungs in the order in which they come' },
    });
  }
}

function checkEffects(check: Check, { notify, raise, reassign, do: event }: SlaEffects, path: Path): void {
  const roles = check.definition.roles.map(({ id }) => id);
  for (const [n, contact] of notify.entries()) {
    checkContact(check, contact, [...roles, INSTANCE_OWNER], itemPath(check, [...path, 'notify'], n));
  }
  if (raise !== null) checkName(check, 'unknown-role', raise, roles, [...path, 'raise']);
  if (reassign !== null) checkContact(check, reassign, [], [...path, 'reassign']);
  if (event !== null) checkEvent(check, event, [...path, 'do']);
}

function checkContact(check: Check, contact: Approver, roles: readonly string[], path: Path): void {
  if (contact.kind === 'role') checkName(check, 'unknown-role', contact.id, roles, path);
  if (contact.kind === 'manager-of' && check.definition.managers.length === 0 && check.sound(['managers'])) {
    check.atKey('missing-key', [...path, 'manager_of'], {
      message: { zh: '流程没有写谁是谁的上级', en: 'The process does not say who manages whom' },
      remedy: {
        zh: '请在文件最外层加上 managers: { 下级: 上级 }',
        en: 'Add managers: { anna: mei } at the top of the file',
      },
    });
  }
}

/** What the engine then does must be something that the process has. */
function checkEvent(check: Check, event: Readonly<Record<string, string>>, path: Path): void {
  const { outcomes, phases } = check.definition;
  if (event.step !== undefined) {
    const steps = phases.flatMap((phase) => phase.steps.map(({ id }) => id));
    checkName(check, 'unknown-step', event.step, steps, [...path, 'step']);
  }
  if (event.outcome === undefined) return;
  const ids = outcomes.map(({ id }) => id);
  if (!checkName(check, 'unknown-outcome', event.outcome, ids, [...path, 'outcome'])) return;
  const reasons = outcomes.find(({ id }) => id === event.outcome)?.reasons.map(({ id }) => id) ?? [];
  if (reasons.length > 0 && event.reason !== undefined)
    checkName(check, 'unknown-reason', event.reason, reasons, [...path, 'reason']);
}

function checkPause(check: Check, { sla: { within, targets, pause }, path }: PlacedSla): void {
  const at = [...path, 'pause'];
  if (pause !== 'any' && pause.length === 0) return;
  const isDated = within === null && targets.every((target) => target.within === null);
  if (isDated && check.sound(path)) {
    check.atKey('word-unfit', at, {
      message: {
        zh: '截止时间由字段决定，挂起不会改变它',
        en: 'A field says when it is due, which no hold changes',
      },
      remedy: { zh: '请删除 pause，或改用 within', en: 'Delete pause, or write within' },
    });
    return;
  }
  if (pause === 'any') return;
  const reasons = check.definition.hold?.reasons.map(({ id }) => id) ?? [];
  if (reasons.length === 0 && check.sound(['hold']) && !check.outline.marks.has(pointerOf(['hold', 'reasons']))) {
    check.atKey('word-unfit', at, {
      message: {
        zh: '流程没有列出挂起的原因',
        en: 'The process does not list the reasons of its holds',
      },
      remedy: {
        zh: '请写 pause: any，或在 hold 的 reasons 中列出原因',
        en: 'Write pause: any, or list them under hold, in reasons',
      },
    });
    return;
  }
  for (const [n, reason] of pause.entries())
    checkName(check, 'unknown-reason', reason, reasons, itemPath(check, at, n));
}
