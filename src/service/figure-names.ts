import type { CompiledCriterion, CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import type { StepName } from './figure-types.ts';

interface CriterionName {
  readonly title: Text;
  readonly source: string | null;
}

const plain = (id: string): Text => ({ zh: id, en: id });

/** What the engine itself asks, beside the gates of a process. */
const ofEngine: Readonly<Record<string, Text>> = {
  'route-known': { zh: '去向尚不明确', en: 'Where it leads is not known' },
  'children-ended': { zh: '所等待的子流程已结束', en: 'The instances that it waits for have ended' },
};

/** What a criterion that refused is called, in the version that refused. */
export function criterionName(
  process: CompiledProcess | null,
  { gate, criterion }: { readonly gate: string; readonly criterion: string },
): CriterionName {
  const [on, which, of] = gate.split('/');
  // What a gate asks beside its own criteria is an activity or an approval of its step.
  if (of !== undefined) {
    const gates = on === 'phase' ? process?.phaseGates.get(of) : process?.steps.get(of);
    const list: readonly CompiledCriterion[] = (which === 'entry' ? gates?.entry : gates?.exit) ?? [];
    const named = list.find((each) => each.named.id === criterion)?.named;
    if (named !== undefined) return { title: named.say ?? plain(criterion), source: named.source };
  }
  const found = process?.activities.get(criterion)?.activity ?? process?.approvals.get(criterion)?.approval;
  return { title: found?.title ?? ofEngine[criterion] ?? plain(criterion), source: found?.source ?? null };
}

/** What steps are called: in the version that is looked at, else in the newest other that has them. */
export async function stepNames(
  { processes, sights }: Pick<ServiceContext, 'processes' | 'sights'>,
  process: CompiledProcess,
  tenant: string,
  steps: Iterable<string>,
): Promise<ReadonlyMap<string, StepName>> {
  const names = new Map<string, StepName>();
  for (const phase of process.definition.phases)
    for (const { id, title } of phase.steps) names.set(id, { phase: phase.id, step: id, title });
  const unknown = new Set([...steps].filter((step) => !names.has(step)));
  if (unknown.size === 0) return names;
  const { process: name } = process.definition;
  const versions = await sights.versionsOf(tenant, name);
  for (const { version } of [...versions].sort((a, b) => b.version - a.version)) {
    if (unknown.size === 0) break;
    const compiled = await processes.get(name, version);
    for (const step of unknown) {
      const title = compiled?.ok ? compiled.process.steps.get(step)?.step.title : undefined;
      if (title === undefined) continue;
      names.set(step, { phase: null, step, title });
      unknown.delete(step);
    }
  }
  for (const step of unknown) names.set(step, { phase: null, step, title: plain(step) });
  return names;
}
