// What the reference interpreter knows of one run, and how it reads a condition.

export type StepState = 'waiting' | 'open' | 'done' | 'skipped';
export type ActivityState = 'open' | 'done' | 'skipped';
export type Truth = boolean | null;

export interface Order {
  readonly type: string;
  readonly step?: string;
  readonly activity?: string;
  readonly to?: string;
  readonly outcome?: string;
  readonly fields?: Readonly<Record<string, boolean | null>>;
}

/** The whole state; changed in place, so that it is as unlike the engine's as can be. */
export interface Standing {
  closed: boolean;
  outcome: string | null;
  /** The phase the work stands in, and its steps; in a sequence the open one alone. */
  phase: string | null;
  inside: Map<string, StepState>;
  facts: Map<string, Truth>;
  round: Map<string, number>;
  ended: Map<string, string[]>;
  reworks: Map<string, number>;
  passes: Map<string, number>;
  activities: Map<string, ActivityState>;
  doneIn: Map<string, number>;
}

/** The open steps in the order written: the maps are filled in that order, but for what was opened later. */
export function openSteps({ inside }: Standing): readonly string[] {
  return stepsThat(inside, 'open');
}

export function stepsThat(inside: Standing['inside'], state: StepState): readonly string[] {
  return [...inside].filter(([, is]) => is === state).map(([id]) => id);
}

/** `a`, `!a`, `known(a)`, `a && b` and `a || b`, in three values. */
export function truth(now: Standing, text: string): Truth {
  for (const [sign, decides] of [
    ['||', true],
    ['&&', false],
  ] as const) {
    const parts = text.split(` ${sign} `);
    if (parts.length === 1) continue;
    const all = parts.map((part) => truth(now, part));
    if (all.includes(decides)) return decides;
    return all.includes(null) ? null : !decides;
  }
  const known = /^known\((\w+)\)$/.exec(text)?.[1];
  if (known !== undefined) return (now.facts.get(known) ?? null) !== null;
  const value = now.facts.get(text.replace('!', '')) ?? null;
  return value !== null && text.startsWith('!') ? !value : value;
}
