import type { CompiledProcess } from '../compile/types.ts';
import type { EntryDraft, Instance } from '../engine/types.ts';
import type { Json } from '../json.ts';
import { toldBy } from './command.ts';

type Told = Readonly<Record<string, Json>>;

/** The step that a command is about, by what it names in one of two versions; null: none in particular. */
export function stepOf(
  entry: EntryDraft,
  to: CompiledProcess,
  from: CompiledProcess | null,
  before: Instance | null,
): string | null {
  const { step, activity, approval } = toldBy(entry);
  if (typeof step === 'string') return step;
  for (const version of from === null || from === to ? [to] : [to, from]) {
    if (typeof activity === 'string') {
      const found = version.activities.get(activity);
      if (found !== undefined) return found.step.id;
    }
    if (typeof approval === 'string') {
      const found = version.approvals.get(approval);
      if (found !== undefined) return found.step.id;
    }
  }
  // Where one step is open, an advance need not name it.
  const [only, other] = before?.position ?? [];
  return entry.type === 'advance' && other === undefined ? (only?.step ?? null) : null;
}

/** Whether a command names something that the one version has and the other has not. */
export function isGone(told: Told, from: CompiledProcess, to: CompiledProcess): boolean {
  return members.some(([member, known]) => {
    const id = told[member];
    return typeof id === 'string' && known(from).has(id) && !known(to).has(id);
  });
}

type Known = (process: CompiledProcess) => ReadonlyMap<string, unknown>;

const members: readonly (readonly [string, Known])[] = [
  ['step', ({ steps }) => steps],
  ['to', ({ steps }) => steps],
  ['activity', ({ activities }) => activities],
  ['approval', ({ approvals }) => approvals],
  ['outcome', ({ outcomes }) => outcomes],
  ['signal', ({ signals }) => signals],
];
