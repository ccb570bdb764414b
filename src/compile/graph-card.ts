import type { GraphActivity, GraphStep } from './graph-model.ts';
import { textWidth, wrapText } from './text-width.ts';

/** Width of a step's card in pixels. */
export const CARD_WIDTH = 264;

const PADDING = 14;

/** Leaves room on a side for an arrow out above an arrow in. */
const LEAST_HEIGHT = 84;

export type CardIcon = 'role' | 'clock' | 'auto' | 'round' | 'way' | 'start' | 'evidence' | 'skip';

export type CardRow =
  | { readonly kind: 'title'; readonly text: string; readonly clause: string | null }
  | { readonly kind: 'fact'; readonly icon: CardIcon; readonly text: string; readonly indent: number }
  | { readonly kind: 'rule' }
  | { readonly kind: 'activity'; readonly text: string; readonly bullet: 'must' | 'optional' | 'conditional' | null }
  | { readonly kind: 'milestone'; readonly text: string; readonly width: number };

/** A step's card before it has a place: rows from top to bottom, each with its offset from the card's top. */
export interface Card {
  readonly step: GraphStep;
  readonly height: number;
  readonly rows: readonly { readonly row: CardRow; readonly top: number }[];
}

const heights: Readonly<Record<CardRow['kind'], number>> = {
  title: 19,
  fact: 18,
  rule: 13,
  activity: 17,
  milestone: 31,
};

/** Lays out what a step's card says. */
export function cardOf(step: GraphStep): Card {
  const rows = [...titleRows(step), ...factRows(step), ...activityRows(step.activities), ...milestoneRows(step)];
  const placed: { readonly row: CardRow; readonly top: number }[] = [];
  let top = PADDING - 2;
  for (const row of rows) {
    placed.push({ row, top });
    top += heights[row.kind];
  }
  return { step, height: Math.max(top + PADDING, LEAST_HEIGHT), rows: placed };
}

const inner = (fontSize: number, indent = 0): number => (CARD_WIDTH - 2 * PADDING - indent) / fontSize;

function titleRows(step: GraphStep): readonly CardRow[] {
  const clause = step.source !== null && /^[\w.-]{1,12}$/.test(step.source) ? step.source : null;
  const lines = wrapText(clause === null ? step.title : `${clause}  ${step.title}`, inner(14.4), 2);
  return lines.map((text, index) =>
    index === 0 && clause !== null
      ? { kind: 'title', text: text.slice(clause.length).trimStart(), clause }
      : { kind: 'title', text, clause: null },
  );
}

function factRows(step: GraphStep): readonly CardRow[] {
  const rows: CardRow[] = [];
  const add = (icon: CardIcon, text: string | null): void => {
    if (text === null) return;
    rows.push({ kind: 'fact', icon, text: wrapText(text, inner(12, 18), 1)[0] ?? '', indent: 0 });
  };
  add('role', step.owner);
  add('clock', step.sla);
  add('auto', step.auto);
  add('round', step.rounds);
  for (const way of step.ways) add('way', way);
  for (const start of step.starts) add('start', start);
  add('skip', step.skips);
  return rows;
}

function activityRows(activities: readonly GraphActivity[]): readonly CardRow[] {
  if (activities.length === 0) return [];
  const rows: CardRow[] = [{ kind: 'rule' }];
  for (const { title, optional, conditional, sla, rests, skips } of activities) {
    const bullet = optional ? 'optional' : conditional ? 'conditional' : 'must';
    for (const [index, text] of wrapText(title, inner(12.2, 15), 2).entries()) {
      rows.push({ kind: 'activity', text, bullet: index > 0 ? null : bullet });
    }
    for (const [icon, fact] of [
      ['clock', sla],
      ['evidence', rests],
      ['skip', skips],
    ] as const) {
      if (fact !== null) rows.push({ kind: 'fact', icon, text: wrapText(fact, inner(12, 33), 1)[0] ?? '', indent: 15 });
    }
  }
  return rows;
}

function milestoneRows(step: GraphStep): readonly CardRow[] {
  if (step.milestone === null) return [];
  const text = wrapText(step.milestone, inner(12.5, 40), 1)[0] ?? '';
  return [{ kind: 'milestone', text, width: Math.round(textWidth(text) * 12.5) + 38 }];
}
