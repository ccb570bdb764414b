import type { Approver } from '../definition/approval-types.ts';
import type { Path } from '../definition/index.ts';
import type { Sla } from '../definition/sla-types.ts';
import type { Criterion, Gate, ProcessDefinition, Step } from '../definition/types.ts';

/** A place of a definition that may be changed to see whether a scenario notices. */
export interface Spot {
  readonly kind: 'gate' | 'parts' | 'condition' | 'number' | 'duration' | 'share' | 'role';
  /** Where it is in the definition. */
  readonly at: Path;
  /** Where it is in the file, as far as its words go; what is not there stands at what is around it. */
  readonly file: Path;
  /** Of a number: the least and the most that it may be. */
  readonly range?: readonly [number, number];
}

/** Everything of a definition that decides and can be changed by a little, in the order of the file. */
export function spotsOf(definition: ProcessDefinition): readonly Spot[] {
  const { calendar, roles, access, tables, evidence, signals, hold, reopen, override, phases } = definition;
  const named: Spot[] = [
    ...calendar.flatMap(({ when }, n) => condition(when, ['calendar', n, 'when'], ['calendar', n, 'when'])),
    ...slaSpots(definition.sla, ['sla'], ['sla']),
    ...(access === null
      ? []
      : (['see', 'start', 'assign', 'across'] as const).flatMap((word) =>
          roleList(access[word], ['access', word], ['access', word]),
        )),
    ...tables.flatMap(({ id, rules }, n) =>
      rules.flatMap(({ when }, i) =>
        condition(when, ['tables', n, 'rules', i, 'when'], ['tables', id, 'rules', i, 'when']),
      ),
    ),
    ...evidence.flatMap(({ id, valid }, n) =>
      duration(valid.for, ['evidence', n, 'valid', 'for'], ['evidence', id, 'valid', 'for']),
    ),
    ...signals.flatMap(({ id, from }, n) => roleList(from, ['signals', n, 'from'], ['signals', id, 'from'])),
    ...roleList(hold?.by ?? [], ['hold', 'by'], ['hold', 'by']),
    ...duration(reopen?.within ?? null, ['reopen', 'within'], ['reopen', 'within']),
    ...roleList(reopen?.by ?? [], ['reopen', 'by'], ['reopen', 'by']),
    ...roleList(override?.by ?? [], ['override', 'by'], ['override', 'by']),
    ...phases.flatMap((_, n) => phaseSpots(definition, n)),
  ];
  // With one role there is no other to take its place.
  return roles.length > 1 ? named : named.filter(({ kind }) => kind !== 'role');
}

function phaseSpots({ phases }: ProcessDefinition, n: number): readonly Spot[] {
  const phase = phases[n];
  if (phase === undefined) return [];
  const at: Path = ['phases', n];
  const file: Path = ['phases', phase.id];
  return [
    ...(phase.join === 'all' ? [] : [number([...at, 'join', 'atLeast'], [...file, 'join'], [1, phase.steps.length])]),
    ...slaSpots(phase.sla, [...at, 'sla'], [...file, 'sla']),
    ...gateSpots(phase.entry, [...at, 'entry'], [...file, 'entry']),
    ...gateSpots(phase.exit, [...at, 'exit'], [...file, 'exit']),
    ...phase.steps.flatMap((step, i) => stepSpots(step, [...at, 'steps', i], [...file, 'steps', step.id])),
  ];
}

function stepSpots(step: Step, at: Path, file: Path): readonly Spot[] {
  const { owner, skip, repeatable, rework, next, starts, override } = step;
  const sub = (...words: Path): readonly [Path, Path] => [
    [...at, ...words],
    [...file, ...words],
  ];
  return [
    ...(owner === null ? [] : [{ kind: 'role', at: [...at, 'owner'], file: [...file, 'owner'] } as const]),
    ...roleList(step.see, ...sub('see')),
    ...roleList(skip?.by ?? [], ...sub('skip', 'by')),
    ...(repeatable === null ? [] : [number([...at, 'repeatable', 'max'], [...file, 'repeatable', 'max'], [1, 1000])]),
    ...(rework?.limit == null ? [] : [number(...sub('rework', 'limit'), [0, 1000])]),
    ...next.flatMap(({ when, limit }, n) => [
      ...condition(when, ...sub('next', n, 'when')),
      ...(limit === null ? [] : [number(...sub('next', n, 'limit'), [0, 1000])]),
    ]),
    ...starts.flatMap(({ id, when }, n) =>
      condition(when, [...at, 'starts', n, 'when'], [...file, 'starts', id, 'when']),
    ),
    ...roleList(override?.by ?? [], ...sub('override', 'by')),
    ...slaSpots(step.sla, ...sub('sla')),
    ...gateSpots(step.entry, ...sub('entry')),
    ...gateSpots(step.exit, ...sub('exit')),
    ...step.activities.flatMap((activity, n) =>
      activitySpots(activity, [...at, 'activities', n], [...file, 'activities', activity.id]),
    ),
    ...step.approvals.flatMap((approval, n) =>
      approvalSpots(approval, [...at, 'approvals', n], [...file, 'approvals', approval.id]),
    ),
  ];
}

function activitySpots(activity: Step['activities'][number], at: Path, file: Path): readonly Spot[] {
  const { by, see, when, skip, choices, call, sla } = activity;
  return [
    ...roleList(by, [...at, 'by'], [...file, 'by']),
    ...roleList(see, [...at, 'see'], [...file, 'see']),
    ...condition(when, [...at, 'when'], [...file, 'when']),
    ...roleList(skip?.by ?? [], [...at, 'skip', 'by'], [...file, 'skip', 'by']),
    ...(choices === null
      ? []
      : [number([...at, 'choices', 'atLeast'], [...file, choiceWord(choices)], [1, choices.of.length])]),
    ...(call === null
      ? []
      : [
          ...duration(call.timeout, [...at, 'call', 'timeout'], [...file, 'call', 'timeout']),
          ...(call.tries > 1 ? duration(call.wait, [...at, 'call', 'wait'], [...file, 'call', 'wait']) : []),
          number([...at, 'call', 'tries'], [...file, 'call', 'tries'], [1, 100]),
        ]),
    ...slaSpots(sla, [...at, 'sla'], [...file, 'sla']),
  ];
}

function choiceWord({ atLeast, of }: NonNullable<Step['activities'][number]['choices']>): string {
  return atLeast === of.length ? 'all' : atLeast === 1 ? 'any' : 'at_least';
}

function approvalSpots(approval: Step['approvals'][number], at: Path, file: Path): readonly Spot[] {
  return [
    ...condition(approval.when, [...at, 'when'], [...file, 'when']),
    ...approval.bands.flatMap(({ upTo, by }, n) => [
      ...(upTo === null ? [] : [number([...at, 'bands', n, 'upTo'], [...file, 'bands', n, 'up_to'], [0, 1e12])]),
      // Of one band alone the file says `by` and no more.
      ...approvers(
        by,
        [...at, 'bands', n, 'by'],
        approval.bands.length === 1 ? [...file, 'by'] : [...file, 'bands', n, 'by'],
      ),
    ]),
    ...slaSpots(approval.sla, [...at, 'sla'], [...file, 'sla']),
  ];
}

function slaSpots(sla: Sla | null, at: Path, file: Path): readonly Spot[] {
  if (sla === null) return [];
  const sub = (...words: Path): readonly [Path, Path] => [
    [...at, ...words],
    [...file, ...words],
  ];
  return [
    ...duration(sla.within, ...sub('within')),
    ...sla.targets.flatMap(({ when, within }, n) => [
      ...condition(when, ...sub('targets', n, 'when')),
      ...duration(within, ...sub('targets', n, 'within')),
    ]),
    ...sla.warn.map((words, n): Spot => {
      const [place, written] = sub('warn', n);
      return { kind: words.endsWith('%') ? 'share' : 'duration', at: place, file: written };
    }),
    ...effects(sla.breach, ...sub('breach')),
    ...sla.escalate.flatMap((rung, n) => [
      ...duration(rung.after, ...sub('escalate', n, 'after')),
      ...effects(rung, ...sub('escalate', n)),
    ]),
  ];
}

function effects(of: Sla['breach'], at: Path, file: Path): readonly Spot[] {
  if (of === null) return [];
  return [
    ...approvers(of.notify, [...at, 'notify'], [...file, 'notify']),
    ...(of.raise === null ? [] : [{ kind: 'role', at: [...at, 'raise'], file: [...file, 'raise'] } as const]),
  ];
}

function approvers(list: readonly Approver[], at: Path, file: Path): readonly Spot[] {
  return list.flatMap(({ kind }, n) =>
    kind === 'role' ? [{ kind: 'role', at: [...at, n, 'id'], file: [...file, n] } as const] : [],
  );
}

function gateSpots(gate: Gate, at: Path, file: Path): readonly Spot[] {
  return gate.flatMap(({ id, criterion }, n) => [
    { kind: 'gate', at: [...at, n], file: [...file, id] } as const,
    ...criterionSpots(criterion, [...at, n, 'criterion'], [...file, id]),
  ]);
}

function criterionSpots(criterion: Criterion, at: Path, file: Path): readonly Spot[] {
  switch (criterion.kind) {
    case 'condition':
      return [{ kind: 'condition', at: [...at, 'text'], file: [...file, 'when'] }];
    case 'not':
      return criterionSpots(criterion.of, [...at, 'of'], [...file, 'not']);
    default: {
      const word = criterion.kind === 'at-least' ? 'of' : criterion.kind;
      return [
        ...(criterion.of.length > 1 ? [{ kind: 'parts', at: [...at, 'of'], file } as const] : []),
        ...(criterion.kind === 'at-least'
          ? [number([...at, 'n'], [...file, 'at_least'], [1, criterion.of.length])]
          : []),
        ...criterion.of.flatMap((part, n) => criterionSpots(part, [...at, 'of', n], [...file, word, n])),
      ];
    }
  }
}

function condition(text: string | null, at: Path, file: Path): readonly Spot[] {
  return text === null ? [] : [{ kind: 'condition', at, file }];
}

function duration(words: string | null, at: Path, file: Path): readonly Spot[] {
  return words === null ? [] : [{ kind: 'duration', at, file }];
}

function number(at: Path, file: Path, range: readonly [number, number]): Spot {
  return { kind: 'number', at, file, range };
}

function roleList(list: readonly string[], at: Path, file: Path): readonly Spot[] {
  return list.map((_, n) => ({ kind: 'role', at: [...at, n], file: [...file, n] }));
}
