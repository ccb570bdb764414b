import type { CompiledProcess } from '../compile/types.ts';
import { childRoles } from './child-verbs.ts';
import { factsOf, isKnown } from './context.ts';
import { activityRoles } from './raised.ts';
import type { Instance, Missing, Reason } from './types.ts';

/** One way to open the way: things to do, each `kind:id`. */
type Way = ReadonlySet<string>;

/** Ways kept while combining; gates of people are far below, and more would only repeat the smallest. */
const MOST_WAYS = 64;

/**
 * The smallest set of things that would make a tree hold: activities to do, facts to give, values to change. Empty when
 * it holds already, or when nothing that can be supplied would (a closed instance, another's role).
 */
export function smallestMissing(process: CompiledProcess, instance: Instance, reason: Reason): readonly Missing[] {
  const ways = waysOf(process, instance, reason).map((way) => withoutSupplied(process, way));
  const [best] = ways.sort(bySize);
  return [...(best ?? [])].map((thing) => describe(process, instance, reason, thing));
}

function waysOf(process: CompiledProcess, instance: Instance, reason: Reason): readonly Way[] {
  if (reason.verdict === 'met') return [new Set()];
  const of = reason.of ?? [];
  switch (reason.kind) {
    case 'state':
    case 'role':
      return [];
    case 'activity':
      // What tells whether it is needed comes before doing it.
      return combine([
        [new Set((reason.missing ?? []).map((id) => `activity:${id}`))],
        ...of.map((child) => waysOf(process, instance, child)),
      ]);
    case 'evidence':
      // While it is not known for which scope, the facts that say so come first.
      return [reason.verdict === 'unknown' ? leafWay(process, instance, reason) : new Set([`evidence:${reason.id}`])];
    case 'approval':
      // While it is not known whether it is needed, the facts that say so come first.
      return reason.verdict === 'unknown'
        ? combine(of.map((child) => waysOf(process, instance, child)))
        : [new Set([`approval:${reason.id}`])];
    case 'children':
      // One that may have to be started yet wants the facts that say so.
      if (reason.child === undefined) return combine(of.map((child) => waysOf(process, instance, child)));
      return [new Set([`child:${reason.child.instance}`])];
    case 'condition':
      return [leafWay(process, instance, reason)];
    case 'all':
      return combine(of.map((child) => waysOf(process, instance, child)));
    case 'any':
      return smallest(of.flatMap((child) => waysOf(process, instance, child)));
    case 'at-least': {
      const cheapest = of.map((child) => waysOf(process, instance, child)).filter((ways) => ways.length > 0);
      cheapest.sort((a, b) => (a[0]?.size ?? 0) - (b[0]?.size ?? 0));
      return combine(cheapest.slice(0, reason.n ?? 0));
    }
    default:
      return [new Set(leavesOf(reason).flatMap((leaf) => [...leafWay(process, instance, leaf)]))];
  }
}

function combine(parts: readonly (readonly Way[])[]): readonly Way[] {
  let ways: readonly Way[] = [new Set()];
  for (const part of parts) {
    ways = smallest(ways.flatMap((way) => part.map((more) => new Set([...way, ...more]))));
  }
  return ways;
}

function smallest(ways: readonly Way[]): readonly Way[] {
  return [...ways].sort(bySize).slice(0, MOST_WAYS);
}

/** Of two ways as long, the one that leaves alone what is known. */
function bySize(a: Way, b: Way): number {
  return a.size - b.size || valuesIn(a) - valuesIn(b);
}

function valuesIn(way: Way): number {
  return [...way].filter((thing) => thing.startsWith('value:')).length;
}

function leavesOf(reason: Reason): readonly Reason[] {
  return reason.of === undefined || reason.of.length === 0 ? [reason] : reason.of.flatMap(leavesOf);
}

/** An unknown leaf lacks facts; one that is known not to hold has a value to change. */
function leafWay(process: CompiledProcess, instance: Instance, leaf: Reason): Way {
  const lacking = leaf.missing ?? [];
  const things = lacking.length > 0 ? lacking.flatMap((id) => factWay(process, instance, id)) : undefined;
  return new Set(things ?? (leaf.reads ?? []).map(({ field }) => `value:${field}`));
}

/** A field that a decision table sets is had by giving what the table needs next. */
function factWay(process: CompiledProcess, instance: Instance, field: string): readonly string[] {
  const table = process.tables.find((candidate) => candidate.sets === field);
  if (table === undefined) return [`field:${field}`];
  const facts = factsOf(process, instance.fields);
  for (const rule of table.rules) {
    if (rule.when === null || rule.when.explain(facts).verdict !== 'unknown') continue;
    return rule.when.reads.filter((id) => !isKnown(instance, id)).flatMap((id) => factWay(process, instance, id));
  }
  return table.rules.flatMap((rule) => (rule.when?.reads ?? []).map((id) => `value:${id}`));
}

/** Doing an activity supplies its fields, so that they need not be named beside it. */
function withoutSupplied(process: CompiledProcess, way: Way): Way {
  const supplied = new Set<string>();
  for (const thing of way) {
    const activity = thing.startsWith('activity:')
      ? process.activities.get(thing.slice('activity:'.length))
      : undefined;
    for (const field of activity?.activity.supplies ?? []) supplied.add(`field:${field}`);
  }
  return new Set([...way].filter((thing) => !supplied.has(thing)));
}

function describe(process: CompiledProcess, instance: Instance, tree: Reason, thing: string): Missing {
  const [kind = '', id = ''] = thing.split(':');
  if (kind === 'child') {
    const { name, status } = instance.children[id] ?? { name: id, status: 'requested' };
    // What runs is for others to end; what failed is seen to here.
    const roles = status === 'failed' ? childRoles(process, instance, id) : [];
    return { kind, id, title: { zh: name, en: name }, activities: [], roles };
  }
  if (kind === 'approval') {
    const { roles, actors } = approvalIn(tree, id)?.waitsFor ?? { roles: [], actors: [] };
    const title = process.approvals.get(id)?.approval.title ?? { zh: id, en: id };
    return { kind, id, title, activities: [], roles, actors };
  }
  if (kind === 'evidence') {
    const title = { zh: `证据 ${id}`, en: `the evidence ${id}` };
    const resting = process.resting.filter(({ activity }) => activity.shared?.evidence === id);
    return { kind, id, title, activities: resting.map(({ activity }) => activity.id), roles: [] };
  }
  if (kind === 'activity') {
    const activity = process.activities.get(id);
    return {
      kind,
      id,
      title: activity?.activity.title ?? { zh: id, en: id },
      activities: [id],
      roles: activity === undefined ? [] : activityRoles(process, instance, activity),
    };
  }
  const activities = process.suppliers.get(id) ?? [];
  const suppliers = activities.flatMap((activity) => process.activities.get(activity) ?? []);
  const roles = new Set(suppliers.flatMap((activity) => activityRoles(process, instance, activity)));
  return {
    kind: kind === 'field' ? 'field' : 'value',
    id,
    title: process.fields.get(id)?.title ?? { zh: id, en: id },
    activities,
    roles: [...roles],
  };
}

function approvalIn(tree: Reason, id: string): Reason['approval'] {
  if (tree.kind === 'approval' && tree.id === id) return tree.approval;
  for (const child of tree.of ?? []) {
    const found = approvalIn(child, id);
    if (found !== undefined) return found;
  }
}
