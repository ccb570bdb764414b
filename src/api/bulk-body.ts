import { type InputProblem, ProcessError } from '../errors.ts';
import type { EventInput } from '../service/types.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import { IDEMPOTENCY_KEY } from './headers.ts';

/** Most events of one bulk. */
const MOST_ITEMS = 1_000;
/** Problems told of one body; the rest are as wrong, but an answer must be bounded. */
const MOST_PROBLEMS = 50;

export interface BulkBody {
  readonly items: readonly SentItem[];
  readonly dryRun: boolean;
}

export interface SentItem {
  readonly instance: string;
  readonly event: EventInput;
  readonly key: string | null;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * The items of a bulk out of its body. What is wrong with the shape fails the whole: throws `invalid-input` with a
 * pointer to each place. What an event holds beside its type is left to whoever decides it.
 */
export function readBulk(body: Members): BulkBody {
  const problems: InputProblem[] = [];
  const wrong = (pointer: string, zh: string, en: string, found: unknown) => {
    const shown = shownOf(found);
    const message = { zh: `${pointer} 应为${zh}；收到 ${shown}`, en: `${pointer} should be ${en}; found ${shown}` };
    if (problems.length < MOST_PROBLEMS) problems.push({ pointer, message });
  };
  const unknownMembers = (pointer: string, value: Members, known: readonly string[]) => {
    for (const name of Object.keys(value).filter((member) => !known.includes(member))) {
      if (problems.length < MOST_PROBLEMS)
        problems.push({ pointer: `${pointer}/${pointerPart(name)}`, message: unknownText(name, known) });
    }
  };
  const keys = new Map<string, number>();

  function itemAt(value: unknown, index: number): SentItem | null {
    const at = `/items/${index}`;
    if (!isMembers(value)) {
      wrong(at, '对象 {instance, event, key?}', 'an object {instance, event, key?}', value);
      return null;
    }
    unknownMembers(at, value, ['instance', 'event', 'key']);
    const { instance, event, key = null } = value;
    if (typeof instance !== 'string') wrong(`${at}/instance`, '实例的编号', 'the id of an instance', instance);
    const type = isMembers(event) ? event.type : undefined;
    if (!isMembers(event))
      wrong(`${at}/event`, '事件对象，例如 {"type": "advance"}', 'an event, e.g. {"type": "advance"}', event);
    else if (typeof type !== 'string') wrong(`${at}/event/type`, '事件的类型', 'the type of an event', type);
    if (key !== null && !(typeof key === 'string' && IDEMPOTENCY_KEY.test(key))) {
      wrong(`${at}/key`, ' 1–200 个可见的 ASCII 字符', '1–200 visible ASCII characters', key);
    } else if (key !== null) {
      const first = keys.get(key);
      if (first !== undefined)
        wrong(`${at}/key`, `与 /items/${first} 不同的键`, `another key than that of /items/${first}`, key);
      else keys.set(key, index);
    }
    const isSound = typeof instance === 'string' && isMembers(event) && (key === null || typeof key === 'string');
    return isSound ? { instance, event: { ...event, type }, key } : null;
  }

  unknownMembers('', body, ['items', 'dryRun']);
  const { items, dryRun = false } = body;
  const few = Array.isArray(items) && items.length >= 1 && items.length <= MOST_ITEMS;
  if (!few) {
    const found = Array.isArray(items) ? items.length : items;
    wrong('/items', `1–${MOST_ITEMS} 项的数组`, `a list of 1–${MOST_ITEMS} items`, found);
  }
  if (typeof dryRun !== 'boolean') wrong('/dryRun', ' true 或 false', 'true or false', dryRun);
  const read = few ? items.map(itemAt) : [];
  const [first] = problems;
  if (first !== undefined) throw invalid(problems, first.message);
  return { items: read.filter((item) => item !== null), dryRun: dryRun === true };
}

function invalid(problems: readonly InputProblem[], first: Text): ProcessError {
  const count = problems.length;
  const more = count === 1 ? { zh: '', en: '' } : { zh: `（共 ${count} 处）`, en: ` (${count} in all)` };
  return new ProcessError(
    'invalid-input',
    {
      zh: `批量请求的格式有误，全部未执行${more.zh}：${first.zh}`,
      en: `The bulk is not well-formed, and none of it was carried out${more.en}: ${first.en}`,
    },
    { errors: problems },
  );
}

function unknownText(name: string, known: readonly string[]): Text {
  const shown = shownOf(name);
  const near = suggest(name.slice(0, 80), known);
  const list = known.join(', ');
  return {
    zh: `不认识的成员 ${shown}${near === null ? '；' : `，是否指 ${near}？`}可用：${list}`,
    en: `unknown member ${shown}${near === null ? ';' : `; did you mean ${near}?`} known are ${list}`,
  };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shownOf(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}

/** One reference token of an RFC 6901 JSON pointer. */
function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 80);
}
