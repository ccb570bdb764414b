import type { Change, Diff, Effect } from '../diff/index.ts';
import type { Text } from '../text.ts';
import type { Look } from './command.ts';

const effectNames: Readonly<Record<Effect, Text>> = {
  tightened: { zh: '收紧', en: 'tightened' },
  loosened: { zh: '放宽', en: 'loosened' },
  neutral: { zh: '', en: '' },
  text: { zh: '仅文字', en: 'text only' },
};
const marks = { added: '+', removed: '-', renamed: '=', moved: '~', changed: '*' } as const;

/** How many changes there are, then each on a line of its own: mark, lines in both files, what changed, its effect. */
export function diffLines({ counts, changes, left }: Diff, look: Look): readonly string[] {
  const { language } = look;
  const width = Math.max(0, ...changes.map((change) => placeOf(change).length));
  const more = { zh: `…另有 ${left} 处`, en: `… and ${left} more` };
  return [
    summary(counts, changes.length + left)[language],
    ...changes.map((change) => changeLine(change, width, look)),
    ...(left === 0 ? [] : [more[language]]),
  ];
}

function summary(counts: Diff['counts'], all: number): Text {
  if (all === 0) return { zh: '没有差异', en: 'no difference' };
  const { added, removed, renamed, moved, changed, tightened, loosened, text } = counts;
  return {
    zh: `${all} 处差异：新增 ${added}、删除 ${removed}、改名 ${renamed}、移动 ${moved}、修改 ${changed}；收紧 ${tightened}、放宽 ${loosened}、仅文字 ${text}`,
    en: `${all} ${all === 1 ? 'difference' : 'differences'}: ${added} added, ${removed} removed, ${renamed} renamed, ${moved} moved, ${changed} changed; ${tightened} tightened, ${loosened} loosened, ${text} text only`,
  };
}

/** `288→289`; `-` where it is not. */
function placeOf({ line }: Change): string {
  return `${line.before ?? '-'}→${line.after ?? '-'}`;
}

function changeLine(change: Change, width: number, { language, paint }: Look): string {
  const { kind, effect, summary: said } = change;
  const colour = { tightened: paint.red, loosened: paint.green, neutral: paint.dim, text: paint.dim }[effect];
  const name = effectNames[effect][language];
  const shown = name === '' ? '' : colour({ zh: `（${name}）`, en: ` (${name})` }[language]);
  return `${marks[kind]} ${paint.dim(placeOf(change).padEnd(width))}  ${said[language]}${shown}`;
}
