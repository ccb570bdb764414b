import { toInstant } from '../engine/index.ts';
import { UsageError } from './exit.ts';

const DAY_MS = 86_400_000;
/** Days are those of the business, as everywhere (see `engine/time.ts`). */
const OFFSET = '+08:00';

export interface Period {
  /** ISO 8601 UTC. */
  readonly since: string;
  /** The instant behind its end; null: now. */
  readonly until: string | null;
}

/** A period as it was given: by days, both included, or by instants with their offsets. */
export function readPeriod(since: string | null, until: string | null): Period {
  if (since === null) {
    throw new UsageError({
      zh: '请用 --since 给出从哪天起，例如 --since 2026-07-01',
      en: 'say with --since from which day on, for example --since 2026-07-01',
    });
  }
  const from = startOf('--since', since);
  const to =
    until === null ? null : isDay(until) ? laterBy(startOf('--until', until), DAY_MS) : startOf('--until', until);
  if (to !== null && to <= from) {
    throw new UsageError({
      zh: `--until（${until}）应在 --since（${since}）之后`,
      en: `--until (${until}) should come after --since (${since})`,
    });
  }
  return { since: from, until: to };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function startOf(option: string, text: string): string {
  const instant = toInstant(isDay(text) ? `${text}T00:00:00${OFFSET}` : text);
  if (instant !== null) return instant;
  throw new UsageError({
    zh: `${option} 应为存在的日期，如 2026-07-01，或带时区的时间点，如 2026-07-01T09:30+08:00；收到 ${text}`,
    en: `${option} should be a day that exists, such as 2026-07-01, or an instant with its offset, such as 2026-07-01T09:30+08:00; found ${text}`,
  });
}

function laterBy(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}
