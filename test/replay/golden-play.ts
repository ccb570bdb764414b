import type { CompiledProcess } from '../../src/compile/types.ts';
import { decide, nextTimer, start } from '../../src/engine/index.ts';
import type { Actor, Command, Decision, Environment, Instance, Refusal } from '../../src/engine/types.ts';
import { GENESIS, seal } from '../../src/service/chain.ts';
import type { GoldenCommand, GoldenInstance, GoldenStep } from './golden-file.ts';

/** Decides one command and seals what came of it into a chain; `before` null: a start. */
export function decideGolden(
  process: CompiledProcess,
  before: Instance | null,
  head: string,
  command: Command,
  environment: Environment,
): { readonly instance: Instance | null; readonly head: string; readonly entries: readonly string[] } {
  const answer: Decision | Refusal =
    before === null ? start(process, 1, command, environment) : decide(process, before, command, environment);
  let last = head;
  const entries = answer.entries.map((draft) => {
    // Without the hash of its patch: documents gain members as the program grows, what entries say stays.
    const { row } = seal(draft, last, null);
    last = row.hash;
    return row.text;
  });
  return { instance: answer.instance ?? before, head: last, entries };
}

/** Plays a recorded instance again: what it was sent, with the ids and the evidence of then. */
export function playGolden(
  process: CompiledProcess,
  { steps }: GoldenInstance,
): Pick<GoldenInstance, 'head'> & {
  readonly entries: readonly (readonly string[])[];
} {
  let instance: Instance | null = null;
  let head = GENESIS;
  const all: (readonly string[])[] = [];
  for (const step of steps) {
    const made = decideGolden(process, instance, head, step.command, environmentOf(step));
    instance = made.instance;
    head = made.head;
    all.push(made.entries);
  }
  return { head, entries: all };
}

function environmentOf({ now, ids, evidence }: GoldenCommand): Environment {
  const left = [...ids];
  return {
    now,
    ids: () => left.shift() ?? 'none was made',
    evidence: (name, scope) => evidence.find((each) => each[0] === name && each[1] === scope)?.[2] ?? [],
  };
}

const HOUR = 3_600_000;
const ENGINE_ACTOR: Actor = { id: 'phasegate', roles: ['admin'], team: null, tenant: 'main', via: null };

/** Something that happens to an instance: at its time, and before it whatever is due by then. */
export interface Happening {
  readonly type: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly internal?: true;
}

/** Records an instance to which these things happen, one every five hours from an instant on (milliseconds). */
export function recordGolden(
  process: CompiledProcess,
  story: string,
  begin: number,
  first: Happening,
  happenings: readonly (Happening | ((instance: Instance) => Happening | null))[],
  known: NonNullable<Environment['evidence']>,
): GoldenInstance {
  const steps: GoldenStep[] = [];
  let instance: Instance | null = null;
  let head = GENESIS;
  let count = 0;

  function record(happening: Happening, now: string, at?: string): void {
    const ids: string[] = [];
    const evidence = new Map<string, GoldenCommand['evidence'][number]>();
    const { type, input, actor, internal } = happening;
    const requestId = `${story}#${steps.length + 1}`;
    const command = {
      type,
      input,
      actor,
      requestId,
      ...(at === undefined ? {} : { at }),
      ...(internal && { internal }),
    };
    const made = decideGolden(process, instance, head, command, {
      now,
      ids: () => {
        ids.push(`${story}-${++count}`);
        return ids.at(-1) ?? '';
      },
      evidence(name, scope) {
        const found = known(name, scope);
        evidence.set(`${name} ${scope}`, [name, scope, found]);
        return found;
      },
    });
    steps.push({ command, now, ids, evidence: [...evidence.values()], entries: made.entries });
    instance = made.instance;
    head = made.head;
  }

  record(first, new Date(begin).toISOString());
  for (const [n, next] of happenings.entries()) {
    const now = new Date(begin + 5 * (n + 1) * HOUR).toISOString();
    fireDue(now);
    if (instance === null) throw new Error(`${story} was not started`);
    const happening = typeof next === 'function' ? next(instance) : next;
    if (happening !== null) record(happening, now);
  }
  // What is due within two months more, so that escalations are seen too.
  fireDue(new Date(begin + 60 * 24 * HOUR).toISOString());
  return { story, steps, head };

  function fireDue(until: string): void {
    for (let fired = 0; fired < 20; fired += 1) {
      const due = instance === null ? null : nextTimer(process, instance);
      if (due === null || due.due > until) return;
      // What was due before it was known is told at once: record time does not go back.
      const last = steps.at(-1)?.now ?? '';
      const soon = new Date(Date.parse(due.due) + 60_000).toISOString();
      const now = [soon, last].sort().at(-1) ?? soon;
      record({ type: due.what, input: {}, actor: ENGINE_ACTOR, internal: true }, now, due.due);
    }
  }
}
