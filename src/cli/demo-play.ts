import { setTimeout as pause } from 'node:timers/promises';
import { ENGINE } from '../names.ts';
import type { EntryView, InstanceView } from '../service/types.ts';
import type { Client } from './client.ts';
import type { DemoEvent } from './demo-event.ts';
import { RefusedError } from './exit.ts';

/** One sample instance: how it begins and what happens to it. */
export interface Story {
  readonly process: string;
  readonly key: string;
  readonly as: string | null;
  readonly events: readonly DemoEvent[];
}

export interface Played {
  readonly instance: InstanceView;
  readonly accepted: number;
  readonly refused: number;
  /** What went another way than the story says. */
  readonly surprises: readonly string[];
}

/** The client of whoever sends an event; null: of the holder of the key. */
export type ClientOf = (as: string | null) => Client;

const HOUR = 3_600_000;
/** Children are started after the decision: how long, and how often, a failed one is looked for. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 50;

/** Plays one, an event every five hours from `begin` on (in milliseconds). */
export async function play(clientOf: ClientOf, { process, key, as, events }: Story, begin: number): Promise<Played> {
  const at = (hours: number) => new Date(begin + hours * HOUR).toISOString();
  const started = await clientOf(as).start({ process, key, at: at(0) });
  const { id } = started.instance;
  let { instance } = started;
  let refused = 0;
  const surprises: string[] = [];
  for (const [i, { as, body, refused: expected }] of events.entries()) {
    const client = clientOf(as);
    const when = at(5 * (i + 1));
    const answer =
      body.type === 'signal'
        ? await tell(client, id, { ...body, id: `${key}-${i}`, key, at: when })
        : await forgiven(client, id, body, await attempt(client, id, { ...(await named(client, id, body)), at: when }));
    if (answer.ok) instance = answer.instance;
    else refused += 1;
    const found = answer.ok ? null : answer.code;
    if (found !== expected)
      surprises.push(`${key}  ${JSON.stringify(body)}: ${expected ?? 'accepted'} → ${found ?? 'accepted'}`);
  }
  return { instance, accepted: events.length - refused, refused, surprises };
}

/** A story calls a failed child what the file calls it; the API takes its id. Where none fails in time, the name stays. */
async function named(client: Client, id: string, body: DemoEvent['body']): Promise<DemoEvent['body']> {
  if (body.child === undefined) return body;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const { children } = (await client.instance(id)).records;
    const [child] =
      Object.entries(children).find(([, { name, status }]) => name === body.child && status === 'failed') ?? [];
    if (child !== undefined) return { ...body, child };
    await pause(LOOK_MS);
  }
  return body;
}

type Answer = { readonly ok: true; readonly instance: InstanceView } | { readonly ok: false; readonly code: string };

/** What is long overdue advances by itself where a file says so (`do`): on a slow machine time may be there before the story. */
async function forgiven(
  client: Client,
  id: string,
  { type, step }: DemoEvent['body'],
  answer: Answer,
): Promise<Answer> {
  if (answer.ok || answer.code !== 'not-allowed-now' || type !== 'advance' || typeof step !== 'string') return answer;
  const instance = await client.instance(id);
  const { leftAt = null } = instance.records.steps[step] ?? {};
  const { entries } = await client.history(id, null);
  const isDone = leftAt !== null && entries.some((entry) => isByTime(entry, step));
  return isDone ? { ok: true, instance } : answer;
}

function isByTime({ type, accepted, actor, command }: EntryView, step: string): boolean {
  return accepted && type === 'advance' && actor === ENGINE && Object(command).step === step;
}

/** A signal as another system sends it, and what the deal has made of it. */
async function tell(client: Client, id: string, { type: _, ...body }: DemoEvent['body']): Promise<Answer> {
  const { state, results } = await client.signal(body);
  if (state === 'delivered') return { ok: true, instance: await client.instance(id) };
  return { ok: false, code: results[0]?.code ?? state };
}

async function attempt(client: Client, id: string, body: DemoEvent['body']): Promise<Answer> {
  try {
    return { ok: true, instance: (await client.send(id, body)).instance };
  } catch (error) {
    if (error instanceof RefusedError) return { ok: false, code: error.problem.code ?? 'internal' };
    throw error;
  }
}
