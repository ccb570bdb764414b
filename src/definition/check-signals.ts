import { isTooLong, parseDuration } from '../calendar/index.ts';
import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import { INSTANCE_OWNER } from './roles.ts';
import type { Signal } from './signal-types.ts';

/** Most characters of a text that instances are found by: it is a key of an index. */
const MAX_MATCH_TEXT = 200;

/** Signals: how instances are found, who sends them, what they do. */
export function checkSignals(check: Check): void {
  const roles = check.definition.roles.map(({ id }) => id);
  for (const signal of check.definition.signals) {
    const path = ['signals', signal.id];
    if (!check.sound(path)) continue;
    checkMatch(check, signal, path);
    checkKeep(check, signal, path);
    for (const [n, name] of signal.from.entries()) {
      const item = [...path, 'from', n];
      const at = check.outline.marks.has(pointerOf(item)) ? item : [...path, 'from'];
      if (name === INSTANCE_OWNER) noSender(check, at);
      else checkName(check, 'unknown-role', name, roles, at);
    }
    if (signal.completes !== null) checkCompletes(check, signal.completes, [...path, 'completes']);
    checkSets(check, signal, [...path, 'sets']);
  }
}

function checkMatch(check: Check, { match, id }: Signal, path: Path): void {
  const { key, fields } = check.definition;
  const name = match ?? key;
  if (name === null) {
    check.atKey('missing-key', path, {
      message: {
        zh: `流程没有业务键（key），信号 ${id} 也没有写 match，无法找到实例`,
        en: `The process has no key and the signal ${id} no match: no instance could be found`,
      },
      remedy: { zh: '请写 match: 字段名', en: 'Write match with the name of a field' },
    });
    return;
  }
  // What is wrong with the business key is said there.
  if (match === null) return;
  const at = [...path, 'match'];
  const ids = fields.map((field) => field.id);
  if (!checkName(check, 'unknown-field', match, ids, at) || !check.sound(['fields', match])) return;
  const field = fields.find((one) => one.id === match);
  if (field === undefined) return;
  const isShort =
    field.type === 'choice' || field.type === 'integer' || (field.type === 'text' && field.maxLength <= MAX_MATCH_TEXT);
  if (isShort && !field.personal) return;
  check.atValue('signal-field-unfit', at, {
    message: field.personal
      ? { zh: `${match} 是个人信息，不能用来匹配`, en: `${match} is personal, so instances are not found by it` }
      : { zh: `不能按 ${match}（${field.type}）匹配`, en: `Instances cannot be found by ${match} (${field.type})` },
    remedy: {
      zh: `请写非个人信息的 integer、choice 或 max_length 不超过 ${MAX_MATCH_TEXT} 的 text 字段`,
      en: `Name a field that is not personal: an integer, a choice, or a text with max_length up to ${MAX_MATCH_TEXT}`,
    },
  });
}

function checkKeep(check: Check, { keep }: Signal, path: Path): void {
  const duration = keep === null ? null : parseDuration(keep);
  if (duration === null) return;
  const working = duration.unit === 'working days' || duration.unit === 'working hours';
  if (!working && !isTooLong(duration)) return;
  check.atValue('duration-unfit', [...path, 'keep'], {
    message: working
      ? { zh: `信号按日历时间保留；这里是 ${keep}`, en: `Signals are kept in calendar time; this is ${keep}` }
      : { zh: `${keep} 超过十年`, en: `${keep} is more than ten years` },
    remedy: { zh: '请写例如 30 days', en: 'Write e.g. 30 days' },
  });
}

function noSender(check: Check, path: Path): void {
  check.atValue('reserved-id', path, {
    message: {
      zh: `${INSTANCE_OWNER} 不能发送信号：发送者不知道是哪个实例`,
      en: `${INSTANCE_OWNER} cannot send signals: a sender does not know which instance it is`,
    },
    remedy: { zh: '请写一个角色', en: 'Name a role' },
  });
}

function checkCompletes(check: Check, name: string, path: Path): void {
  const activities = eachStep(check.definition).flatMap(({ step }) => step.activities);
  const ids = activities.map(({ id }) => id);
  if (!checkName(check, 'unknown-activity', name, ids, path)) return;
  const activity = activities.find(({ id }) => id === name);
  const choices = activity?.choices ?? null;
  const shared = activity?.shared ?? null;
  if (activity === undefined || (choices === null && shared === null)) return;
  check.atValue('signal-activity-unfit', path, {
    message:
      choices === null
        ? { zh: `细则 ${name} 由证据满足`, en: `The activity ${name} rests on evidence` }
        : { zh: `细则 ${name} 要由人选择`, en: `The activity ${name} has choices that a person makes` },
    remedy: {
      zh: '请写只填字段的细则，或用 sets 填写字段',
      en: 'Name an activity that takes fields alone, or give the fields by sets',
    },
  });
}

function checkSets(check: Check, { sets }: Signal, path: Path): void {
  const fields = check.definition.fields.map(({ id }) => id);
  const derived = new Map(check.definition.tables.map(({ id, sets }) => [sets, id]));
  for (const [n, name] of sets.entries()) {
    const table = derived.get(name);
    if (!checkName(check, 'unknown-field', name, fields, [...path, n]) || table === undefined) continue;
    check.atValue('field-derived', [...path, n], {
      message: {
        zh: `${name} 由决策表 ${table} 决定，不能填写`,
        en: `The table ${table} decides ${name}; nobody can supply it`,
      },
      remedy: { zh: '请从 sets 中删除', en: 'Take it out of sets' },
    });
  }
}
