import { childNamed, commandOf } from './command-of.ts';
import { answerDifferences, claimDifferences } from './differences.ts';
import type { Action, Difference, ScenarioStep } from './types.ts';
import { fireUntil, type Sent, send, tellOfChild, type World, waitedUntil } from './world.ts';

/** What a step led to. */
export interface Played {
  readonly world: World;
  /** Empty: all is as the step says. */
  readonly differences: readonly Difference[];
}

/** Does one step of a scenario, and looks whether things stand as it says. */
export function play(before: World, step: ScenarioStep): Played {
  const world = step.actor === null ? before : { ...before, actor: step.actor };
  const { action } = step;
  if (action.kind !== 'start' && world.instance === null) return notStarted(world, step);
  const done = action.kind === 'start' || action.kind === 'command' ? order(world, action) : pass(world, step);
  if ('differences' in done) return done;
  const differences = answerDifferences(step, done.refusal);
  if (differences.length > 0) return { world: done.world, differences };
  const { process, instance, now, entries } = done.world;
  if (instance === null || step.claims.length === 0) return { world: done.world, differences };
  const fresh = entries.slice(world.entries.length);
  return { world: done.world, differences: claimDifferences({ process, instance, now, fresh }, step.claims) };
}

function order(world: World, action: Extract<Action, { readonly kind: 'start' | 'command' }>): Sent {
  const { process, instance, actor } = world;
  if (action.kind === 'start') return send(world, { type: 'start', input: { fields: action.fields }, actor });
  if (instance === null) throw new Error('what is not started takes no command');
  return send(world, { ...commandOf(process, instance, action), actor });
}

/** Lets time pass, tells of a child, or does nothing. */
function pass(world: World, { action, place }: ScenarioStep): Sent | Played {
  if (action.kind === 'wait') {
    const until = waitedUntil(world, action.words);
    if (until >= world.now) return { world: fireUntil(world, until), refusal: null };
    const expected = { zh: `${world.now} 之后`, en: `later than ${world.now}` };
    return { world, differences: [{ what: 'wait', expected, found: { zh: until, en: until }, place }] };
  }
  if (action.kind !== 'child') return { world, refusal: null };
  const { name, news } = action;
  const child = world.instance === null ? null : childNamed(world.instance, name);
  const told = child === null ? null : tellOfChild(world, ...newsInput(child, news, world.now));
  if (told !== null) return { world: told, refusal: null };
  const record = world.instance?.children[child ?? ''];
  const status = record?.status ?? 'none';
  const expected = { zh: '有这个子流程，且可以如此', en: 'a child of which this can be told' };
  return { world, differences: [{ what: `child.${name}`, expected, found: { zh: status, en: status }, place }] };
}

function newsInput(
  child: string,
  news: Extract<Action, { readonly kind: 'child' }>['news'],
  now: string,
): [string, Readonly<Record<string, unknown>>] {
  switch (news.kind) {
    case 'ended':
      return ['child-ended', { child, outcome: news.outcome, reason: null, endedAt: now }];
    case 'failed':
      return ['child-failed', { child, zh: news.why, en: news.why }];
    case 'reopened':
      return ['child-reopened', { child }];
  }
}

function notStarted(world: World, { place }: ScenarioStep): Played {
  const expected = { zh: '已启动的实例', en: 'an instance that was started' };
  return {
    world,
    differences: [{ what: 'start', expected, found: { zh: '没有启动', en: 'none was started' }, place }],
  };
}
