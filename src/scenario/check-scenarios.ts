import type { CompiledProcess } from '../compile/types.ts';
import {
  type Advice,
  isTooLong,
  items,
  member,
  type Path,
  type ProblemCode,
  parseDuration,
  type Raw,
  type Reports,
  rawOf,
  string,
  writeInstead,
} from '../definition/index.ts';
import { messageTypes, parseValue, toInstant } from '../engine/index.ts';
import { suggest } from '../suggest.ts';
import { startWords, wordOf } from './build-scenarios.ts';
import { checkBegins } from './check-begins.ts';
import { type NameKind, type Names, nameKinds, namesOf } from './names-of.ts';
import { refusalWords } from './refusal-words.ts';
import type { ScenarioFile } from './types.ts';
import { anywhere, otherWords, words } from './words.ts';

/** What the checks of a file work with. */
export interface ScenarioCheck {
  readonly file: ScenarioFile;
  readonly process: CompiledProcess;
  readonly raw: Raw;
  readonly reports: Reports;
}

type Known = Names & { readonly criterion: ReadonlySet<string>; readonly message: ReadonlySet<string> };

/** Types of messages as scenarios say them. */
export const shortTypes: ReadonlySet<string> = new Set(messageTypes.map((type) => type.slice('phasegate.'.length)));

/** Everything about a file that its schema does not say: names, the words of a step, values, what goes on after what. */
export function checkScenarios(
  outline: Raw['outline'],
  file: ScenarioFile,
  process: CompiledProcess,
  reports: Reports,
) {
  const names = namesOf(process);
  const known: Known = { ...names, criterion: refusalWords(names), message: shortTypes };
  const check: ScenarioCheck = { file, process, raw: rawOf(outline), reports };
  const scenarios = items(member(check.raw, 'scenarios'));
  checkBegins(check, scenarios);
  for (const actor of Object.entries(Object(member(check.raw, 'actors').value))) {
    const [id] = actor;
    checkRoles(check, known, member(member(check.raw, 'actors'), id), new Set());
  }
  const actors = new Set(Object.keys(Object(member(check.raw, 'actors').value)));
  for (const scenario of scenarios) {
    if (reports.isFull()) return;
    const start = member(scenario, 'start');
    if (start.value !== undefined) checkStart(check, known, start, actors);
    for (const step of items(member(scenario, 'do'))) checkStep(check, known, step, actors);
  }
}

function checkStart(check: ScenarioCheck, known: Known, start: Raw, actors: ReadonlySet<string>): void {
  checkAround(check, known, start, actors);
  const values = Object.keys(Object(start.value)).filter((id) => !startWords.has(id));
  for (const id of values) checkValue(check, known, start, id);
  checkValues(check, known, member(start, 'with'));
}

function checkStep(check: ScenarioCheck, known: Known, step: Raw, actors: ReadonlySet<string>): void {
  const { reports } = check;
  checkAround(check, known, step, actors);
  const word = wordOf(step);
  const written = Object.keys(Object(step.value));
  const begins = written.filter((id) => words.has(id) || otherWords.has(id));
  // `note` and `until` … stand beside nothing else; a step does one thing.
  for (const id of begins.slice(1)) {
    reports.atKey('choose-one', [...step.path, id], {
      message: { zh: `一步里同时写了 ${begins.join('、')}`, en: `One step does ${begins.join(' and ')}` },
      remedy: { zh: '请分成几步，每步一个命令', en: 'Make several steps of it, each with one command' },
    });
  }
  const beside = word === null ? [] : (words.get(word)?.beside ?? otherWords.get(word) ?? []);
  for (const id of written) {
    if (begins.includes(id) || anywhere.has(id) || beside.includes(id) || !reports.sound(step.path)) continue;
    reports.atKey('word-unfit', [...step.path, id], {
      message: {
        zh: `${id} 不能写在 ${word ?? '没有命令的一步'} 旁边`,
        en: `${id} cannot stand beside ${word ?? 'no command'}`,
      },
      remedy:
        beside.length === 0
          ? { zh: `请去掉 ${id}`, en: `Leave ${id} out` }
          : { zh: `旁边可以写：${beside.join('、')}`, en: `What can stand beside it: ${beside.join(', ')}` },
    });
  }
  if (word !== null) checkWord(check, known, step, word);
}

/** What the value of a word names. */
const targets: Readonly<Record<string, NameKind>> = {
  complete: 'activity',
  undo: 'activity',
  skip: 'activityOrStep',
  enter: 'step',
  advance: 'step',
  repeat: 'step',
  'request-approval': 'approval',
  approve: 'approval',
  reject: 'approval',
  withdraw: 'approval',
  reassign: 'approval',
  'add-approver': 'approval',
  rework: 'step',
  close: 'outcome',
  signal: 'signal',
  'answer-call': 'call',
  'fail-call': 'call',
  'retry-call': 'call',
  child: 'child',
  'retry-child': 'child',
  'dismiss-child': 'child',
};

function checkWord(check: ScenarioCheck, known: Known, step: Raw, word: string): void {
  const value = member(step, word);
  const kind = targets[word];
  if (kind !== undefined && typeof value.value === 'string') checkName(check, known, kind, value.value, value.path);
  const place = string(member(step, 'step'));
  if (place !== null) checkName(check, known, 'step', place, [...step.path, 'step']);
  if (word === 'set') checkValues(check, known, value);
  if (word === 'complete' || word === 'answer-call' || word === 'signal')
    checkValues(check, known, member(step, 'with'));
  if (word === 'wait') checkWait(check, value);
}

function checkWait({ reports, process }: ScenarioCheck, { value, path }: Raw): void {
  const text = String(value);
  const until = /^until (.*)$/.exec(text)?.[1];
  const duration = parseDuration(text);
  if (!reports.sound(path)) return;
  const isWorking = duration?.unit === 'working days' || duration?.unit === 'working hours';
  if (isWorking && process.calendars.size === 0) {
    reports.atValue('calendar-missing', path, {
      message: {
        zh: '流程没有日历，不知道什么是工作时间',
        en: 'The process has no calendar that says what working time is',
      },
      remedy: {
        zh: '请在流程中写 calendar: china；现在每天都按全天计算',
        en: 'Write calendar: china in the process; as it is, all hours of all days count',
      },
    });
  }
  if (until === undefined ? duration !== null && !isTooLong(duration) : toInstant(until) !== null) return;
  reports.atValue('bad-duration', path, {
    message: { zh: `${text} 不是等待的时长`, en: `${text} says neither how long nor until when` },
    remedy: {
      zh: '请写 2 working days、3 days 这样的时长（最长十年），或 until 2026-03-02T09:00+08:00',
      en: 'Write a duration such as 2 working days or 3 days, at most ten years, or until 2026-03-02T09:00+08:00',
    },
  });
}

/** What may stand in any step: who, what it is refused for, and how things must stand after it. */
function checkAround(check: ScenarioCheck, known: Known, step: Raw, actors: ReadonlySet<string>): void {
  checkRoles(check, known, member(step, 'as'), actors);
  for (const { name, path } of namesIn(member(step, 'refused'))) checkName(check, known, 'criterion', name, path);
  const expect = member(step, 'expect');
  const lists: Readonly<Record<string, NameKind>> = {
    step: 'step',
    waiting: 'step',
    open: 'activity',
    messages: 'message',
  };
  for (const [word, kind] of Object.entries(lists))
    for (const { name, path } of namesIn(member(expect, word))) checkName(check, known, kind, name, path);
  const outcome = string(member(expect, 'outcome'));
  if (outcome !== null) checkName(check, known, 'outcome', outcome, [...expect.path, 'outcome']);
  checkValues(check, known, member(expect, 'fields'));
  const maps: Readonly<Record<string, NameKind>> = {
    sla: 'clock',
    approvals: 'approval',
    evidence: 'evidence',
    calls: 'call',
    children: 'child',
  };
  for (const [word, kind] of Object.entries(maps))
    for (const id of Object.keys(Object(member(expect, word).value)))
      checkName(check, known, kind, id, [...expect.path, word, id], true);
}

function checkRoles(check: ScenarioCheck, known: Known, raw: Raw, actors: ReadonlySet<string>): void {
  const written = raw.value !== undefined && Object(raw.value).roles !== undefined ? member(raw, 'roles') : raw;
  const names = namesIn(written);
  for (const { name, path } of names) {
    if (names.length === 1 && actors.has(name)) continue;
    checkName(check, { ...known, role: new Set([...known.role, ...actors]) }, 'role', name, path);
  }
}

interface Written {
  readonly name: string;
  readonly path: Path;
}

/** The names of a list, or the one in its place. */
function namesIn(raw: Raw): readonly Written[] {
  const one = string(raw);
  if (one !== null) return [{ name: one, path: raw.path }];
  return items(raw).flatMap((item) => {
    const name = string(item);
    return name === null ? [] : [{ name, path: item.path }];
  });
}

function checkName(
  { reports }: ScenarioCheck,
  known: Known,
  kind: NameKind,
  name: string,
  path: Path,
  isKey = false,
): void {
  if (known[kind].has(name)) return;
  const { code, zh, en } = nameKinds[kind];
  const near = suggest(name, known[kind]);
  const listed = [...known[kind]].slice(0, 10).join(', ') || '–';
  const advice: Advice = {
    message: { zh: `流程里没有名为 ${name} 的${zh}`, en: `The process has no ${en} "${name}"` },
    remedy:
      near === null
        ? { zh: `可以写：${listed}`, en: `What can stand here: ${listed}` }
        : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
    fix: writeInstead(near),
  };
  const report: (code: ProblemCode, path: Path, advice: Advice) => void = isKey ? reports.atKey : reports.atValue;
  report(code, path, advice);
}

function checkValues(check: ScenarioCheck, known: Known, raw: Raw): void {
  for (const id of Object.keys(Object(raw.value))) checkValue(check, known, raw, id);
}

/** That there is such a field; what is wrong with a value is for scenarios to try, and for the run to say. */
function checkValue(check: ScenarioCheck, known: Known, raw: Raw, id: string): void {
  const path = [...raw.path, id];
  checkName(check, known, 'field', id, path, true);
  const field = check.process.fields.get(id);
  // Only what is expected must fit: a command may be sent with a wrong value to see it refused.
  if (field === undefined || raw.path.at(-1) !== 'fields' || raw.path.at(-2) !== 'expect') return;
  const { value } = member(raw, id);
  if (value === null) return;
  const parsed = parseValue(field, value, '');
  if (parsed.ok) return;
  check.reports.atValue('value-unfit', path, {
    message: parsed.problem.message,
    remedy: { zh: '字段不会有这个值：请改正', en: 'The field can never be this: correct it' },
  });
}
