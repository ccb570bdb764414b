import type { PlannedInstance } from '../service/types.ts';
import type { Language } from '../text.ts';

const COLUMNS = [
  'instance',
  'key',
  'owner',
  'version',
  'revision',
  'kind',
  'from',
  'to',
  'required',
  'released',
  'voided',
  'late',
  'due',
  'why',
];

/** What a plan does, a line for each instance (RFC 4180). */
export function plannedCsv(instances: readonly PlannedInstance[], language: Language): string {
  const rows = instances.map(({ instance, kind, why, effects }) => {
    const steps = (places: readonly { readonly step: string }[]) => places.map(({ step }) => step).join(' ');
    const clocks = effects?.clocks ?? [];
    return [
      instance.id,
      instance.key ?? '',
      instance.owner ?? '',
      String(instance.version),
      String(instance.revision),
      kind,
      steps(instance.position),
      effects === null ? '' : steps(effects.position.to),
      effects?.required.map(({ id }) => id).join(' ') ?? '',
      effects?.released.map(({ id }) => id).join(' ') ?? '',
      effects?.voided.join(' ') ?? '',
      clocks.flatMap(({ clock, late }) => (late ? [clock] : [])).join(' '),
      clocks.map(({ clock, due }) => `${clock} ${due.from ?? '-'} > ${due.to ?? '-'}`).join('; '),
      why?.[language] ?? '',
    ];
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
