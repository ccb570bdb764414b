import { isTrue, member, type Raw, string } from './raw.ts';
import type { Schedule } from './schedule-types.ts';

const rolls = ['skip', 'next-workday', 'previous-workday'] as const;
const missed = ['skip', 'once', 'all'] as const;

export function buildSchedule(raw: Raw): Schedule | null {
  if (raw.value === undefined) return null;
  return {
    cron: string(member(raw, 'cron')) ?? '',
    zone: string(member(raw, 'zone')),
    roll: rolls.find((roll) => roll === member(raw, 'roll').value) ?? null,
    missed: missed.find((policy) => policy === member(raw, 'missed').value) ?? 'once',
    overlap: member(raw, 'overlap').value === 'allow' ? 'allow' : 'skip',
    sets: string(member(raw, 'sets')),
    assumed: isTrue(member(raw, 'assumed')),
    source: string(member(raw, 'source')),
  };
}
