import type { Arrival } from './receiver.ts';
import type { Recorded } from './recorded.ts';

/** What the receiver has, or has not, in words. */
export interface MessageFindings {
  /** Told nobody and no longer waiting, or given up. */
  readonly lost: readonly string[];
  /** Came before what its instance did earlier was taken. */
  readonly overtaking: readonly string[];
  /** Came under another id, or as another text than before, or though nothing had happened. */
  readonly changed: readonly string[];
  readonly unsigned: readonly string[];
}

export interface MessageCheck {
  readonly recorded: Pick<Recorded, 'history' | 'outbox'>;
  /** Paths of the receiver, each of a subscription to everything that is recorded. */
  readonly paths: readonly string[];
  readonly arrivals: readonly Arrival[];
}

/** Holds what came against the history: each entry at each path, once or again, the same each time, one after the other. */
export function checkMessages({ recorded, paths, arrivals }: MessageCheck): MessageFindings {
  const lost: string[] = [];
  const overtaking: string[] = [];
  const changed: string[] = [];
  const unsigned: string[] = [];
  const told = recorded.history.filter(({ accepted }) => accepted);
  const earlier = new Map<string, string | null>();
  for (const [n, { instance, seq }] of told.entries()) {
    const before = told[n - 1];
    earlier.set(idOf({ instance, seq }), before?.instance === instance ? idOf(before) : null);
  }

  const taken = new Set<string>();
  const texts = new Map<string, string>();
  for (const { path, id, instance, seq, body, isSigned, isTaken } of arrivals) {
    const own = idOf({ instance, seq });
    const name = `${path} ${own}`;
    const before = earlier.get(own);
    if (before === undefined) changed.push(`${name} tells what never happened`);
    if (id !== own) changed.push(`${name} came under the id ${id}`);
    if ((texts.get(name) ?? body) !== body) changed.push(`${name} came as another text`);
    texts.set(name, body);
    if (!isSigned) unsigned.push(`${name} is not signed`);
    if (typeof before === 'string' && !taken.has(`${path} ${before}`)) {
      overtaking.push(`${name} came before ${before} was taken`);
    }
    if (isTaken) taken.add(name);
  }

  for (const message of recorded.outbox) if (message.isDead) lost.push(`${idOf(message)} was given up`);
  const waiting = countById(recorded.outbox);
  for (const message of told) {
    const id = idOf(message);
    const missing = paths.filter((path) => !taken.has(`${path} ${id}`));
    if (missing.length > (waiting.get(id) ?? 0)) lost.push(`${id} never came to ${missing.join(', ')}`);
  }
  return { lost, overtaking, changed, unsigned };
}

function idOf({ instance, seq }: { readonly instance: string; readonly seq: number }): string {
  return `${instance}-${seq}`;
}

function countById(messages: Recorded['outbox']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const message of messages) counts.set(idOf(message), (counts.get(idOf(message)) ?? 0) + 1);
  return counts;
}
