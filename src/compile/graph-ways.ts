import type { Shared } from '../definition/evidence-types.ts';
import type { ChildStart, Phase, ProcessDefinition, Route, SkipPolicy, Step } from '../definition/types.ts';
import type { Text } from '../text.ts';
import type { GraphEdge, GraphRoute } from './graph-model.ts';

export type Say = (text: Text) => string;

/** The ways to what is written next, from the start to the end; a step with routes has only those that it names. */
export function flowsOf(definition: ProcessDefinition): readonly GraphEdge[] {
  const flows: GraphEdge[] = [];
  let sources: readonly Step[] | null = null;
  const lead = (targets: readonly Step[], phase: Phase | null): void => {
    const ids = targets.length > 0 ? targets.map(({ id }) => id) : ['closed'];
    for (const from of sources ?? [null]) {
      const named = from === null || from.next.length === 0 || from.next.some(({ to }) => isNext(to, targets, phase));
      if (named) for (const to of ids) flows.push({ from: from?.id ?? 'start', to });
    }
    sources = targets;
  };
  for (const phase of definition.phases) for (const together of groups(phase)) lead(together, phase);
  lead([], null);
  return flows;
}

/** Whether a route leads to what comes next anyway: its one step, the phase that it begins, or the end. */
function isNext(to: string, targets: readonly Step[], phase: Phase | null): boolean {
  const [first] = targets;
  if (first === undefined) return to === 'end';
  return (phase?.id === to && phase.steps[0] === first) || (targets.length === 1 && first.id === to);
}

const groups = ({ order, steps }: Phase): readonly (readonly Step[])[] =>
  order === 'sequence' ? steps.map((step) => [step]) : [steps];

/** Routes that lead elsewhere, each target of a step once for each of its conditions. */
export function routesOf(definition: ProcessDefinition): readonly GraphRoute[] {
  const flows = new Set(flowsOf(definition).map(({ from, to }) => `${from} ${to}`));
  return definition.phases.flatMap(({ steps }) =>
    steps.flatMap(({ id, next }) =>
      next.flatMap(({ when, to }): readonly GraphRoute[] => {
        const phase = definition.phases.find((candidate) => candidate.id === to);
        const place = to === 'end' ? 'closed' : (phase?.steps[0]?.id ?? to);
        return flows.has(`${id} ${place}`) ? [] : [{ from: id, to: place, phase: phase?.id ?? null, when }];
      }),
    ),
  );
}

/** How the steps of a phase run side by side, and when it is left. */
export function modeOf({ order, join }: Phase, say: Say): string | null {
  if (order === 'sequence') return null;
  const words = order === 'any' ? { zh: '次序不限', en: 'any order' } : { zh: '并行', en: 'parallel' };
  if (join === 'all') return say(words);
  const n = join.atLeast;
  return say({ zh: `${words.zh}，完成 ${n} 个即可`, en: `${words.en}, ${n} will do` });
}

export const roundWords = ({ max }: NonNullable<Step['repeatable']>): Text => ({
  zh: `最多 ${max} 轮`,
  en: `up to ${max} rounds`,
});

/** `starts account-care, if size(next_offers) > 0` */
export const startWords = ({ process, when }: ChildStart): Text => ({
  zh: `启动 ${process}${when === null ? '' : `，当 ${when}`}`,
  en: `starts ${process}${when === null ? '' : `, if ${when}`}`,
});

/** `rests on market-review`: the process that produces it would not fit on a card. */
export function restWords({ evidence }: Shared): Text {
  const name = evidence.split('/').at(-1);
  return { zh: `依据 ${name}`, en: `rests on ${name}` };
}

/** `skip with approval: No inspection` */
export function skipWords({ approvals }: Step, { approval }: SkipPolicy): Text {
  const title = approvals.find(({ id }) => id === approval)?.title ?? { zh: approval, en: approval };
  return { zh: `经审批跳过：${title.zh}`, en: `skip with approval: ${title.en}` };
}

/** `Another demo, if score < 60 (at most 3×)` */
export function wayOf({ phases }: ProcessDefinition, { when, to, limit }: Route, say: Say): string {
  const places = [...phases, ...phases.flatMap(({ steps }) => steps)];
  const title = places.find(({ id }) => id === to)?.title ?? { zh: '结束', en: 'End' };
  const most = limit === null ? { zh: '', en: '' } : { zh: `（最多 ${limit} 次）`, en: ` (at most ${limit}×)` };
  const condition = when === null ? { zh: '', en: '' } : { zh: `，当 ${when}`, en: `, if ${when}` };
  return say({ zh: `${title.zh}${condition.zh}${most.zh}`, en: `${title.en}${condition.en}${most.en}` });
}
