import type { CompiledProcess } from '../../src/compile/types.ts';
import { decide, explain, nextTimer, start } from '../../src/engine/index.ts';
import type { Action, Command, Environment, Instance } from '../../src/engine/types.ts';
import { internal } from './parent.ts';
import { ADMIN, accepted, actor, command, DEPUTY, environment, NOW } from './process.ts';
import { type Random, random, valueFor } from './random.ts';
import { EVIDENCE } from './resting.ts';

/** As many as an approval needs that is not given by whoever asked, nor twice by the same. */
const ACTORS = [ADMIN, DEPUTY, actor('ivy', 'admin')];
const ONWARD = ['advance', 'complete', 'enter', 'request-approval', 'approve'];
const BACKWARD = [
  'close',
  'note',
  'undo',
  'rework',
  'repeat',
  'recall',
  'override',
  'hold',
  'reject',
  'withdraw',
  'reassign',
  'add-approver',
];

/**
 * Walks at random from start to end, over and over; hands every state to `visit` with the time it is. It stands
 * still, unless `timePasses`: then what is due is done, late or not, and what was closed is opened again.
 */
export function walk(
  process: CompiledProcess,
  states: number,
  seed: number,
  visit: (instance: Instance, r: Random, now: string) => void,
  timePasses = false,
) {
  const r = random(seed);
  // Children are kept by the ids that they are given here.
  let count = 0;
  let now = NOW;
  const numbered = (): Environment => ({ ...environment(now), ids: () => `walk-${++count}` });
  let instance = begin(process);
  for (let seen = 0; seen < states; seen += 1) {
    visit(instance, r, now);
    if (timePasses && r.chance(0.2)) {
      now = new Date(Date.parse(now) + r.integer(1, 60) * 600_000).toISOString();
    }
    const next = timePasses ? nextTimer(process, instance) : null;
    if (next !== null && r.chance(0.12)) {
      if (next.due > now) now = next.due;
      const order = { ...internal(next.what, {}), at: next.due };
      instance = accepted(decide(process, instance, order, numbered())).instance;
      continue;
    }
    const actor = r.pick(ACTORS);
    const allowed = explain({ process, instance, actor, at: now, now, evidence: EVIDENCE }).filter(
      (action) => action.allowed,
    );
    // Mostly go on where that is possible: the walk should get far.
    const onward = allowed.filter(({ type }) => ONWARD.includes(type));
    const likely = allowed.filter((action) => !BACKWARD.includes(action.type));
    const some = r.chance(0.6) && onward.length > 0 ? onward : r.chance(0.9) && likely.length > 0 ? likely : allowed;
    const action = r.pick(some);
    const news = newsOf(instance, r);
    const order = news !== null && r.chance(0.3) ? news : toCommand(action, r, actor);
    const answer = decide(process, instance, order, numbered());
    const isOver = instance.status === 'closed' && !(timePasses && action.type === 'reopen');
    if (isOver) now = NOW;
    instance = isOver ? begin(process) : accepted(answer).instance;
  }
}

/** What one of its children might tell; null: none is on its way. */
function newsOf({ children }: Instance, r: Random): Command | null {
  const open = Object.entries(children).filter(([, { status }]) => status === 'requested' || status === 'started');
  if (open.length === 0) return null;
  const [child, { status }] = r.pick(open);
  if (status === 'requested' && r.chance(0.4)) return internal('child-started', { child, startedAt: NOW });
  if (r.chance(0.5)) return internal('child-failed', { child, zh: '坏了', en: 'broken' });
  return internal('child-ended', { child, outcome: 'fine', reason: null, endedAt: NOW });
}

function begin(process: CompiledProcess): Instance {
  return accepted(start(process, 1, command('start', {}), environment())).instance;
}

export function toCommand(action: Action, r: Random, actor = ADMIN) {
  const { type, ...input } = Object(valueFor(action.input, r));
  // What is in the future, no JSON Schema says.
  if ('until' in input) input.until = '2026-12-31';
  return command(String(type), input, actor);
}
