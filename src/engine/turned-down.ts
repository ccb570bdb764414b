import type { EntryDraft, Reason } from './types.ts';

/** One criterion that kept a command from being carried out. */
export interface TurnedDown {
  /** Number of the entry of the refusal. */
  readonly seq: number;
  /** Event time of the command. */
  readonly at: string;
  /** The version that refused. */
  readonly version: number;
  /** The step that the command was about; null: it named none. */
  readonly step: string | null;
  /** `step/exit/<id>`, `phase/entry/<id>` …: the gate that it stands in; else what kind of criterion it is (`activity`). */
  readonly gate: string;
  /** Id of the criterion, activity or approval. */
  readonly criterion: string;
}

/** Kinds of what is no criterion of the process, but who acts, or that it is not the time for it. */
const NONE_OF_IT: ReadonlySet<Reason['kind']> = new Set(['role', 'state']);

/**
 * The criteria that a refusal gives, each once. None where it is refused for who asked or for where the instance stands:
 * what else does not hold then is not what it was refused for.
 */
export function turnedDown({ seq, at, version, accepted, command, verdicts }: RecordedRefusal): readonly TurnedDown[] {
  if (accepted || verdicts === null) return [];
  const shut = (verdicts.of ?? []).filter(({ verdict }) => verdict !== 'met');
  if (shut.some(({ kind }) => NONE_OF_IT.has(kind))) return [];
  const { step } = Object(command);
  const told = { seq, at, version, step: typeof step === 'string' ? step : null };
  const found = shut.map((reason) => ({ ...told, gate: gateOf(reason), criterion: reason.id ?? reason.kind }));
  return [...new Map(found.map((each) => [`${each.gate} ${each.criterion}`, each])).values()];
}

export type RecordedRefusal = Pick<EntryDraft, 'seq' | 'at' | 'version' | 'accepted' | 'command' | 'verdicts'>;

function gateOf({ gate, kind }: Reason): string {
  return gate === undefined ? kind : `${gate.on}/${gate.which}/${gate.of}`;
}
