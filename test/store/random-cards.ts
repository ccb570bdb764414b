import type { CardFilter, NewCard } from '../../src/store/types.ts';

/** A small generator with a fixed seed (Park–Miller), so that a failure comes back. */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48271) % 2147483647;
    return state % sides;
  };
}

type Roll = ReturnType<typeof dice>;

const NOW = '2026-02-13T09:30:00.000Z';
const DUES = ['2026-02-12T00:00:00.000Z', NOW, '2026-02-13T09:30:00.001Z', null];
const CLOCKS = ['none', 'running', 'warned', 'paused'] as const;
const DEADLINES = ['late', 'soon', 'running', 'paused', 'none'] as const;
/** With everything that a pattern could take for something else. */
const WORDS = ['', 'crm-1\n客户 ａ', 'crm-2\n50% off', 'a_b\\c', '客户'];
const TEXTS = ['crm', '客户', '%', '_', '\\', '0% o', "'", 'a_b\\c'];

export const anyCard: CardFilter = { class: null, deadline: null, text: null, now: NOW };

/** What an instance shows wherever it stands, and how its deadlines stand in one place after the other. */
export function randomCard(roll: Roll): () => Omit<NewCard, 'slot' | 'phase' | 'step' | 'shared'> {
  const amount = roll(4) === 0 ? null : { amount: roll(1_000_000) - 1_000, currency: roll(3) === 0 ? 'EUR' : 'CNY' };
  const shown = { class: ['A', 'B', null][roll(3)] ?? null, amount, words: WORDS[roll(WORDS.length)] ?? '' };
  return () => ({ ...shown, clock: CLOCKS[roll(4)] ?? 'none', due: DUES[roll(4)] ?? null });
}

export function randomFilter(roll: Roll): CardFilter {
  return {
    class: roll(3) === 0 ? 'A' : null,
    deadline: roll(2) === 0 ? (DEADLINES[roll(5)] ?? null) : null,
    text: roll(2) === 0 ? (TEXTS[roll(TEXTS.length)] ?? null) : null,
    now: NOW,
  };
}

/** Whether a filter asks for a card, as one would say it without a database. */
export function isWanted(card: NewCard, { class: of, deadline, text, now }: CardFilter): boolean {
  const isLate = card.clock !== 'none' && card.due !== null && card.due < now;
  const state = isLate
    ? 'late'
    : card.due !== null && card.due < now
      ? null
      : card.clock === 'warned'
        ? 'soon'
        : card.clock;
  return (
    (of === null || card.class === of) &&
    (deadline === null || state === deadline) &&
    (text === null || card.words.includes(text))
  );
}
