import type { Difference } from '../service/types.ts';
import { openCsv } from './csv.ts';

const columns = [
  'kind',
  'key',
  'instance',
  'seq',
  'at',
  'recorded_at',
  'actor',
  'command',
  'step',
  'reasons',
  'approvals_added',
  'approvals_dropped',
  'from',
  'to',
] as const;

/** Every difference as a line. */
export function openDifferences(path: string) {
  const file = openCsv(path, columns);
  return { write: (difference: Difference) => file.write(cellsOf(difference)), close: file.close };
}

function cellsOf(difference: Difference): Partial<Record<(typeof columns)[number], string>> {
  const { kind, instance, key, step } = difference;
  const head = { kind, instance, key: key ?? '', step: step ?? '' };
  if ('clock' in difference) {
    const { clock, round, due, endedAt } = difference;
    return { ...head, at: endedAt ?? '', reasons: `${clock} ${round}`, from: due.from ?? '', to: due.to ?? '' };
  }
  const { seq, at, recordedAt, actor, command, findings, added, dropped, led } = difference;
  return {
    ...head,
    seq: String(seq),
    at,
    recorded_at: recordedAt,
    actor,
    command,
    reasons: findings.map(({ id }) => id).join(' '),
    approvals_added: added.join(' '),
    approvals_dropped: dropped.join(' '),
    from: led?.from ?? '',
    to: led?.to ?? '',
  };
}
