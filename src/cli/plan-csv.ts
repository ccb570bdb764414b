import type { PlannedInstance } from '../service/types.ts';
import type { Language } from '../text.ts';
import { openCsv } from './csv.ts';

const columns = [
  'instance',
  'key',
  'owner',
  'version',
  'revision',
  'kind',
  'from',
  'to',
  'status',
  'outcome',
  'required',
  'released',
  'verdicts',
  'voided',
  'fields',
  'late',
  'due',
  'why',
] as const;

/** Writes what a plan does, a line for each instance. */
export function writePlanned(path: string, instances: readonly PlannedInstance[], language: Language): void {
  const file = openCsv(path, columns);
  for (const each of instances) file.write(cellsOf(each, language));
  file.close();
}

function cellsOf(
  { instance, kind, why, effects }: PlannedInstance,
  language: Language,
): Partial<Record<(typeof columns)[number], string>> {
  const { id, key, owner, version, revision, position } = instance;
  const head = {
    instance: id,
    key: key ?? '',
    owner: owner ?? '',
    version: String(version),
    revision: String(revision),
    kind,
    from: stepsOf(position),
    why: why?.[language] ?? '',
  };
  if (effects === null) return head;
  const { required, released, verdicts, voided, fields, clocks, status, outcome } = effects;
  return {
    ...head,
    to: stepsOf(effects.position.to),
    status: status.to,
    outcome: outcome.to ?? '',
    required: idsOf(required),
    released: idsOf(released),
    verdicts: verdicts.map((verdict) => `${verdict.id} ${verdict.from} > ${verdict.to}`).join('; '),
    voided: voided.join(' '),
    fields: fields.join(' '),
    late: clocks.flatMap(({ clock, late }) => (late ? [clock] : [])).join(' '),
    due: clocks.map(({ clock, due }) => `${clock} ${due.from ?? '-'} > ${due.to ?? '-'}`).join('; '),
  };
}

function stepsOf(places: readonly { readonly step: string }[]): string {
  return places.map(({ step }) => step).join(' ');
}

function idsOf(items: readonly { readonly id: string }[]): string {
  return items.map(({ id }) => id).join(' ');
}
