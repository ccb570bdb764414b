import type { InputProblem } from '../errors.ts';
import type { Json } from '../json.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import { shown } from './address.ts';
import { refusals } from './refuse.ts';

type JsonMap = { readonly [key: string]: Json };

/** One edit of a process file. `at` names an element as {@link findPlace} reads it. */
export type Operation =
  /** Any word of an element: `rework/limit`, `rules/0/then`; null takes it out. */
  | { readonly op: 'set'; readonly at: string; readonly word: string; readonly value: Json }
  /** A duration is its target alone, everything else of it stays. */
  | { readonly op: 'set-sla'; readonly at: string; readonly value: string | JsonMap | null }
  /** The languages that are given; the other stays. */
  | { readonly op: 'set-title'; readonly at: string; readonly value: JsonMap }
  /** Who owns a step, does an activity, decides an approval, sends a signal. */
  | { readonly op: 'set-role'; readonly at: string; readonly value: string | readonly Json[] | null }
  /** What a criterion demands, or when an activity, approval or child is needed (null: always). */
  | { readonly op: 'set-condition'; readonly at: string; readonly value: string | JsonMap | null }
  | { readonly op: 'rename'; readonly at: string; readonly to: string }
  | (Order & { readonly op: 'add'; readonly at: string; readonly in: string | null; readonly value: Json })
  | (Order & { readonly op: 'move'; readonly at: string; readonly to: string | null })
  | { readonly op: 'remove'; readonly at: string; readonly moveTo: string | null };

/** Beside which element of its kind; neither: last. */
interface Order {
  readonly after: string | null;
  readonly before: string | null;
}

/** Most operations of one edit. */
export const MOST_OPERATIONS = 100;
/** Most maps and lists inside one another in a value. */
const MOST_DEPTH = 16;
/** Longest word of an operation, and most characters of a value as JSON. */
const LONGEST_WORD = 200;
const LONGEST_VALUE = 64 * 1024;
/** Problems told of one list of operations. */
const MOST_PROBLEMS = 50;

/** What each member of each operation may be; `?`: it may be left out. */
const forms = {
  set: { at: 'word', word: 'word', value: 'any' },
  'set-sla': { at: 'word', value: 'sla' },
  'set-title': { at: 'word', value: 'title' },
  'set-role': { at: 'word', value: 'roles' },
  'set-condition': { at: 'word', value: 'condition' },
  rename: { at: 'word', to: 'word' },
  add: { at: 'word', value: 'element', in: 'word?', after: 'word?', before: 'word?' },
  move: { at: 'word', to: 'word?', after: 'word?', before: 'word?' },
  remove: { at: 'word', move_to: 'word?' },
} as const satisfies Record<Operation['op'], Readonly<Record<string, Form>>>;

export const operationNames = Object.keys(forms) as readonly Operation['op'][];

/** The members of an operation beside `op`, in their order. */
export function membersOf(op: string): readonly string[] {
  const form = Object.entries(forms).find(([name]) => name === op)?.[1];
  return form === undefined ? [] : Object.keys(form);
}

type Form = 'word' | 'word?' | 'any' | 'sla' | 'title' | 'roles' | 'condition' | 'element';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const tests: Readonly<Record<Form, { readonly is: (value: unknown) => boolean; readonly name: Text }>> = {
  word: {
    is: (value) => typeof value === 'string' && value !== '' && value.length <= LONGEST_WORD,
    name: { zh: `1–${LONGEST_WORD} 个字符的文本`, en: `a text of 1–${LONGEST_WORD} characters` },
  },
  'word?': {
    is: (value) => value === undefined || (typeof value === 'string' && value !== '' && value.length <= LONGEST_WORD),
    name: { zh: `1–${LONGEST_WORD} 个字符的文本`, en: `a text of 1–${LONGEST_WORD} characters` },
  },
  any: {
    is: (value) => value !== undefined,
    name: { zh: '值，或 null（删除这个词）', en: 'a value, or null, which takes the word out' },
  },
  sla: {
    is: (value) => value === null || isText(value) || isMap(value),
    name: {
      zh: '时长（例如 "30 days"）、sla 对象，或 null（删除）',
      en: 'a duration like "30 days", an object like `sla`, or null, which takes it out',
    },
  },
  title: {
    is: (value) => isMap(value) && Object.keys(Object(value)).length > 0,
    name: { zh: '{"zh": …, "en": …}，至少一种语言', en: '{"zh": …, "en": …} with at least one language' },
  },
  roles: {
    is: (value) => value === null || isText(value) || (Array.isArray(value) && value.length > 0),
    name: { zh: '角色、角色列表，或 null（删除）', en: 'a role, a list of roles, or null, which takes it out' },
  },
  condition: {
    is: (value) => value === null || isText(value) || isMap(value),
    name: {
      zh: '条件、{"all": […]} 一类的对象，或 null（删除）',
      en: 'a condition, an object like {"all": […]}, or null, which takes it out',
    },
  },
  element: {
    is: (value) => isText(value) || isMap(value),
    name: {
      zh: '元素的内容，一个对象（条件项也可以是一个条件）',
      en: 'what is in the element, an object (a criterion may be a condition)',
    },
  },
};

/** Operations out of data from outside. Throws `invalid-input` with a pointer to each place that is wrong. */
export function readOperations(given: unknown, pointer: string): readonly Operation[] {
  const problems: InputProblem[] = [];
  const wrong = (at: string, expected: Text, found: unknown) => {
    if (problems.length >= MOST_PROBLEMS) return;
    problems.push({
      pointer: at,
      message: {
        zh: `${at} 应为${expected.zh}；收到 ${shown(found)}`,
        en: `${at} should be ${expected.en}; found ${shown(found)}`,
      },
    });
  };
  const fits = Array.isArray(given) && given.length >= 1 && given.length <= MOST_OPERATIONS;
  if (!fits) {
    wrong(
      pointer,
      { zh: `1–${MOST_OPERATIONS} 个操作的列表`, en: `a list of 1–${MOST_OPERATIONS} operations` },
      Array.isArray(given) ? given.length : given,
    );
  }
  const list: readonly unknown[] = fits ? given : [];
  const read = list.flatMap((item, n) => readOperation(item, `${pointer}/${n}`, wrong) ?? []);
  if (problems.length > 0) throw refusals(problems);
  return read;
}

type Wrong = (at: string, expected: Text, found: unknown) => void;

function readOperation(given: unknown, at: string, wrong: Wrong): Operation | null {
  if (!isMap(given)) {
    wrong(
      at,
      {
        zh: '操作，例如 {"op": "set-sla", "at": …, "value": …}',
        en: 'an operation like {"op": "set-sla", "at": …, "value": …}',
      },
      given,
    );
    return null;
  }
  const members: Readonly<Record<string, unknown>> = { ...Object(given) };
  const name = operationNames.find((known) => known === members.op);
  if (name === undefined) {
    const near = typeof members.op === 'string' ? suggest(members.op, operationNames) : null;
    const one = `${operationNames.join(', ')}`;
    wrong(
      `${at}/op`,
      {
        zh: ` ${one} 之一${near === null ? '' : `（是否指 ${near}？）`}`,
        en: `one of ${one}${near === null ? '' : ` (did you mean ${near}?)`}`,
      },
      members.op,
    );
    return null;
  }
  const form: Readonly<Record<string, Form>> = forms[name];
  for (const unknown of Object.keys(members).filter((key) => key !== 'op' && !Object.hasOwn(form, key))) {
    wrong(
      `${at}/${unknown}`,
      {
        zh: `没有的成员（${name} 有 ${membersOf(name).join('、')}）`,
        en: `absent: ${name} has ${membersOf(name).join(', ')}`,
      },
      members[unknown],
    );
  }
  for (const [key, kind] of Object.entries(form)) {
    if (!tests[kind].is(members[key])) wrong(`${at}/${key}`, tests[kind].name, members[key]);
  }
  const value = members.value;
  if (value !== undefined && !isBounded(value)) {
    wrong(
      `${at}/value`,
      {
        zh: `最多 ${LONGEST_VALUE} 个字符、${MOST_DEPTH} 层，里面没有 null`,
        en: `at most ${LONGEST_VALUE} characters and ${MOST_DEPTH} levels, without null inside`,
      },
      value,
    );
  }
  return typed(name, members);
}

/** What has passed its form. */
function typed(op: Operation['op'], members: Readonly<Record<string, unknown>>): Operation {
  const word = (key: string): string => String(members[key] ?? '');
  const maybe = (key: string): string | null => (typeof members[key] === 'string' ? members[key] : null);
  const value = isJson(members.value) ? members.value : null;
  const at = word('at');
  const order = { after: maybe('after'), before: maybe('before') };
  switch (op) {
    case 'set':
      return { op, at, word: word('word'), value };
    case 'set-sla':
    case 'set-condition':
      return { op, at, value: typeof value === 'string' || isJsonMap(value) ? value : null };
    case 'set-title':
      return { op, at, value: isJsonMap(value) ? value : {} };
    case 'set-role':
      return { op, at, value: typeof value === 'string' || isJsonList(value) ? value : null };
    case 'rename':
      return { op, at, to: word('to') };
    case 'add':
      return { op, at, in: maybe('in'), value, ...order };
    case 'move':
      return { op, at, to: maybe('to'), ...order };
    case 'remove':
      return { op, at, moveTo: maybe('move_to') };
  }
}

function isJsonList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isJsonMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJson(value: unknown): value is Json {
  return value !== undefined && isBounded(value);
}

/** JSON, neither too deep nor too long; null stands for "nothing" and is no value inside of one. */
function isBounded(value: unknown): boolean {
  const sound = (part: unknown, depth: number): boolean => {
    if (typeof part === 'number') return Number.isFinite(part);
    if (typeof part === 'string' || typeof part === 'boolean' || (part === null && depth === 0)) return true;
    if (typeof part !== 'object' || part === null || depth >= MOST_DEPTH) return false;
    return Object.values(part).every((inner) => sound(inner, depth + 1));
  };
  return sound(value, 0) && JSON.stringify(value).length <= LONGEST_VALUE;
}
