import { isRecord } from './answer-guards.ts';
import { UsageError } from './exit.ts';
import { readText } from './process-files.ts';

/** One line of a file of events: an item of a bulk, and where it stands. */
export interface EventLine {
  readonly line: number;
  readonly item: Readonly<Record<string, unknown>>;
}

const MEMBERS = ['instance', 'event', 'key'];

/**
 * The events of a file, one JSON object a line: `{"instance": "…", "event": {"type": …}, "key": "…"}`; blank lines are
 * passed over. Throws `UsageError` for the first line that is none, before anything is sent.
 */
export function readEventFile(path: string): readonly EventLine[] {
  const keys = new Map<unknown, number>();
  const lines: EventLine[] = [];
  for (const [index, text] of readText(path).split('\n').entries()) {
    const line = index + 1;
    if (text.trim() === '') continue;
    const item = parsed(text);
    if (item === null) {
      throw new UsageError({
        zh: `${path}:${line} 应为 {"instance": "…", "event": {"type": …}, "key": "…"}（key 可省略）；收到 ${text.slice(0, 80)}`,
        en: `${path}:${line} should be {"instance": "…", "event": {"type": …}, "key": "…"} (key may be left out); found ${text.slice(0, 80)}`,
      });
    }
    const first = item.key === undefined ? undefined : keys.get(item.key);
    if (first !== undefined) {
      throw new UsageError({
        zh: `${path}:${line} 的 key 与第 ${first} 行相同；每行应有不同的键`,
        en: `${path}:${line} has the key of line ${first}; each line should have another`,
      });
    }
    keys.set(item.key, line);
    lines.push({ line, item });
  }
  return lines;
}

function parsed(text: string): EventLine['item'] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || Object.keys(value).some((name) => !MEMBERS.includes(name))) return null;
    const { instance, event, key } = value;
    const isItem = typeof instance === 'string' && isRecord(event) && typeof event.type === 'string';
    return isItem && (key === undefined || typeof key === 'string') ? value : null;
  } catch {
    return null;
  }
}
