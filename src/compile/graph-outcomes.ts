import type { GraphModel, GraphOutcome } from './graph-model.ts';
import { textWidth, wrapText } from './text-width.ts';

/** An outcome's pill with the words below it, in pixels. */
export interface PlacedOutcome {
  readonly outcome: GraphOutcome;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly caption: readonly string[];
}

/** Height of a pill. */
export const PILL = 30;

const LINE = 16;

/** Sets the outcomes in rows from a point on, no further right than `right`. */
export function placeOutcomes(
  model: GraphModel,
  from: { readonly x: number; readonly y: number },
  right: number,
): { readonly placed: readonly PlacedOutcome[]; readonly height: number } {
  const placed: PlacedOutcome[] = [];
  let { x, y } = from;
  let rowHeight = 0;
  for (const outcome of model.outcomes) {
    const width = Math.round(textWidth(outcome.title) * 15) + 48;
    const caption = wrapText(captionOf(outcome, model.language), Math.max(width, 230) / 11.5, 3);
    const block = Math.max(width, ...caption.map((line) => Math.ceil(textWidth(line) * 11.5)));
    if (x > from.x && x + block > right) {
      x = from.x;
      y += rowHeight + 14;
      rowHeight = 0;
    }
    placed.push({ outcome, x, y, width, caption });
    x += block + 30;
    rowHeight = Math.max(rowHeight, PILL + 6 + caption.length * LINE);
  }
  return { placed, height: y - from.y + rowHeight };
}

function captionOf({ milestoneOf, from }: GraphOutcome, language: 'zh' | 'en'): string {
  const zh: string[] = [];
  const en: string[] = [];
  if (milestoneOf.length > 0) {
    zh.push(`完成${list(milestoneOf, '、')}时确定`);
    en.push(`fixed by ${list(milestoneOf, ', ')}`);
  }
  if (from === 'any') {
    zh.push('任何环节均可关闭');
    en.push('closed from anywhere');
  } else if (from.length > 0) {
    zh.push(`可从${list(from, '、')}关闭`);
    en.push(`closed from ${list(from, ', ')}`);
  }
  return language === 'zh' ? zh.join('；') : en.join('; ');
}

const list = (titles: readonly string[], separator: string): string => titles.join(separator);
