import type { Plan, PlanAnswer, PlannedInstance, PlannedPage, PlanRun } from '../service/types.ts';
import { isListOf, isRecord, isText } from './answer-guards.ts';

const isNext = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isPlaces = isListOf(
  (value): value is { phase: string; step: string } => isRecord(value) && typeof value.step === 'string',
);
const isCounts = (value: unknown): value is Record<string, number> =>
  isRecord(value) && Object.values(value).every((count) => typeof count === 'number');

export function isPlan(value: unknown): value is Plan {
  return (
    isRecord(value) &&
    [value.process, value.tenant, value.madeAt, value.items, value.digest].every((text) => typeof text === 'string') &&
    isRecord(value.base) &&
    typeof value.base.version === 'number' &&
    isRecord(value.to) &&
    isRecord(value.moves) &&
    isRecord(value.instances) &&
    (value.only === null || Array.isArray(value.only)) &&
    isCounts(value.counts)
  );
}

export function isPlanAnswer(value: unknown): value is PlanAnswer {
  return (
    isRecord(value) &&
    isPlan(value.plan) &&
    typeof value.late === 'number' &&
    Array.isArray(value.groups) &&
    value.groups.every(
      (group: unknown) =>
        isRecord(group) &&
        typeof group.kind === 'string' &&
        typeof group.count === 'number' &&
        isPlaces(group.from) &&
        (group.to === null || isPlaces(group.to)) &&
        (group.why === null || isText(group.why)),
    )
  );
}

export function isPlannedPage(value: unknown): value is PlannedPage {
  return isRecord(value) && isListOf(isPlanned)(value.instances) && isNext(value.next);
}

function isPlanned(value: unknown): value is PlannedInstance {
  return (
    isRecord(value) &&
    isRecord(value.instance) &&
    typeof value.instance.id === 'string' &&
    isPlaces(value.instance.position) &&
    typeof value.kind === 'string' &&
    (value.why === null || isText(value.why)) &&
    (value.effects === null || isEffects(value.effects))
  );
}

function isEffects(value: unknown): boolean {
  return (
    isRecord(value) &&
    isRecord(value.position) &&
    isPlaces(value.position.from) &&
    isPlaces(value.position.to) &&
    isRecord(value.status) &&
    isRecord(value.outcome) &&
    [value.required, value.released, value.verdicts, value.voided, value.fields].every(Array.isArray) &&
    isListOf((clock): clock is object => isRecord(clock) && isRecord(clock.due))(value.clocks)
  );
}

export function isPlanRun(value: unknown): value is PlanRun {
  return (
    isRecord(value) &&
    [value.version, value.done, value.before].every((count) => typeof count === 'number') &&
    isListOf((left): left is object => isRecord(left) && typeof left.instance === 'string' && isText(left.why))(
      value.left,
    ) &&
    isCounts(value.counts) &&
    isNext(value.next)
  );
}
