import type { GraphActivity, GraphStep } from './graph-model.ts';
import { textWidth, wrapText } from './text-width.ts';

/** How much a card says: all there is of a step, or its name and whose it is; and for how many lines of others it has room. */
export interface CardDetail {
  readonly detail: 'activities' | 'steps';
  readonly lines: number;
}

const widths = { activities: 264, steps: 216 } as const;

const PADDING = 14;

/** Height of a line for which a card keeps room. */
export const ROOM_LINE = 17;

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
  readonly width: number;
  readonly height: number;
  readonly rows: readonly { readonly row: CardRow; readonly top: number }[];
  /** Where the room for lines of others begins. */
  readonly room: number;
}

const heights: Readonly<Record<CardRow['kind'], number>> = {
  title: 19,
  fact: 18,
  rule: 13,
  activity: 17,
  milestone: 31,
};

/** Lays out what a step's card says. */
export function cardOf(step: GraphStep, { detail, lines }: CardDetail): Card {
  const width = widths[detail];
  const rows =
    detail === 'steps'
      ? [...titleRows(step, width), ...(step.owner === null ? [] : [factRow('role', step.owner, width)])]
      : [
          ...titleRows(step, width),
          ...factRows(step, width),
          ...activityRows(step.activities, width),
          ...milestoneRows(step, width),
        ];
  const placed: { readonly row: CardRow; readonly top: number }[] = [];
  let top = PADDING - 2;
  for (const row of rows) {
    placed.push({ row, top });
    top += heights[row.kind];
  }
  const height = Math.max(top + lines * ROOM_LINE + PADDING, LEAST_HEIGHT);
  return { step, width, height, rows: placed, room: top };
}

const inner = (width: number, fontSize: number, indent = 0): number => (width - 2 * PADDING - indent) / fontSize;

function titleRows(step: GraphStep, width: number): readonly CardRow[] {
  const clause = step.source !== null && /^[\w.-]{1,12}$/.test(step.source) ? step.source : null;
  const lines = wrapText(clause === null ? step.title : `${clause}  ${step.title}`, inner(width, 14.4), 2);
  return lines.map((text, index) =>
    index === 0 && clause !== null
      ? { kind: 'title', text: text.slice(clause.length).trimStart(), clause }
      : { kind: 'title', text, clause: null },
  );
}

function factRow(icon: CardIcon, text: string, width: number, indent = 0): CardRow {
  return { kind: 'fact', icon, text: wrapText(text, inner(width, 12, indent + 18), 1)[0] ?? '', indent };
}

function factRows(step: GraphStep, width: number): readonly CardRow[] {
  const rows: CardRow[] = [];
  const add = (icon: CardIcon, text: string | null): void => {
    if (text !== null) rows.push(factRow(icon, text, width));
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

function activityRows(activities: readonly GraphActivity[], width: number): readonly CardRow[] {
  if (activities.length === 0) return [];
  const rows: CardRow[] = [{ kind: 'rule' }];
  for (const { title, optional, conditional, sla, rests, skips } of activities) {
    const bullet = optional ? 'optional' : conditional ? 'conditional' : 'must';
    for (const [index, text] of wrapText(title, inner(width, 12.2, 15), 2).entries()) {
      rows.push({ kind: 'activity', text, bullet: index > 0 ? null : bullet });
    }
    for (const [icon, fact] of [
      ['clock', sla],
      ['evidence', rests],
      ['skip', skips],
    ] as const) {
      if (fact !== null) rows.push(factRow(icon, fact, width, 15));
    }
  }
  return rows;
}

function milestoneRows(step: GraphStep, width: number): readonly CardRow[] {
  if (step.milestone === null) return [];
  const text = wrapText(step.milestone, inner(width, 12.5, 40), 1)[0] ?? '';
  return [{ kind: 'milestone', text, width: Math.round(textWidth(text) * 12.5) + 38 }];
}
