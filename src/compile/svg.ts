import type { CardIcon, CardRow } from './graph-card.ts';
import { type Column, type GateMark, type Layout, layoutGraph, type PlacedCard, type Point } from './graph-layout.ts';
import type { GraphModel } from './graph-model.ts';
import { PILL } from './graph-outcomes.ts';
import { accentClass, outcomeClass, styleSheet } from './svg-style.ts';
import { textWidth, wrapText } from './text-width.ts';

/** Pixels above the phases: title and source. */
const HEADING = 84;

/** The picture of a process: self-contained SVG, no fonts or links from outside, light and dark. */
export function drawSvg(model: GraphModel): string {
  const layout = layoutGraph(model, { detail: 'activities', lines: 0, heading: HEADING });
  const { width, height, ways } = layout;
  const reworks = ways.filter(({ kind }) => kind === 'rework');
  const onward = ways.filter(({ kind }) => kind !== 'rework');
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" aria-labelledby="title" xml:lang="${model.language}">`,
    `<title id="title">${escaped(model.title)}</title>`,
    `<style>\n${styleSheet()}\n</style>`,
    '<defs>',
    ...arrowHead('forward', 'head'),
    ...arrowHead('backward', 'backhead'),
    '</defs>',
    `<rect class="panel" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="14"/>`,
    ...header(model, width),
    ...layout.columns.map((column, index) => phaseArea(column, index)),
    ...reworks.map(({ points }) => `<path class="back" d="${path(points)}" marker-end="url(#backward)"/>`),
    ...onward.map(({ points }) => `<path class="line" d="${path(points)}" marker-end="url(#forward)"/>`),
    ...layout.columns.flatMap(({ cards }, index) => cards.map((card) => stepCard(card, index))),
    `<circle class="knot" cx="${n(layout.start.x)}" cy="${n(layout.start.y)}" r="8"/>`,
    `<circle class="ring" cx="${n(layout.end.x)}" cy="${n(layout.end.y)}" r="11"/>`,
    `<circle class="knot" cx="${n(layout.end.x)}" cy="${n(layout.end.y)}" r="6.5"/>`,
    ...layout.gates.map(gateMark),
    ...outcomes(model, layout),
    ...legend(model, layout),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function header(model: GraphModel, width: number): readonly string[] {
  const steps = model.phases.flatMap((phase) => phase.steps);
  const activities = steps.reduce((sum, step) => sum + step.activities.length, 0);
  const counts = {
    zh: `${model.phases.length} 个阶段 · ${steps.length} 个环节 · ${activities} 项细则`,
    en: [
      plural(model.phases.length, 'phase', 'phases'),
      plural(steps.length, 'step', 'steps'),
      plural(activities, 'activity', 'activities'),
    ].join(' · '),
  }[model.language];
  const subtitle = model.source === null ? counts : `${model.source} · ${counts}`;
  const oneLine = (words: string, size: number): string => wrapText(words, (width - 56) / size, 1)[0] ?? '';
  return [text('h1', 28, 44, oneLine(model.title, 25)), text('muted', 28, 66, oneLine(subtitle, 12))];
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function phaseArea(column: Column, index: number): string {
  const { phase, x, y, width, height } = column;
  const mode = phase.mode ?? '';
  const clause = phase.source !== null && phase.source.length <= 12 ? phase.source : '';
  const modeWidth = mode === '' ? 0 : textWidth(mode) * 12 + 22;
  const title = wrapText(phase.title, (width - 44 - textWidth(clause) * 12 - modeWidth) / 15.6, 1)[0] ?? '';
  const right = x + width - 18;
  return group(accentClass(index), [
    `<rect class="area" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="12"/>`,
    `<text class="h2 ink" x="${n(x + 18)}" y="${n(y + 29)}">${clause === '' ? '' : `<tspan class="clause ink">${escaped(clause)}</tspan> `}${escaped(title)}</text>`,
    ...(mode === ''
      ? []
      : [
          `<path class="ink" d="M${n(right - modeWidth + 10)} ${n(y + 19)}v11h2v-11zm5 0v11h2v-11z"/>`,
          `<text class="cap ink" x="${n(right)}" y="${n(y + 29)}" text-anchor="end">${escaped(mode)}</text>`,
        ]),
  ]);
}

function stepCard(card: PlacedCard, index: number): string {
  const { x, y, width, height, step } = card;
  return group(accentClass(index), [
    `<title>${escaped(step.title)}</title>`,
    `<rect class="card" x="${n(x)}" y="${n(y)}" width="${width}" height="${n(height)}" rx="9"${step.optional ? ' stroke-dasharray="6 4"' : ''}/>`,
    ...card.rows.map(({ row, top }) => cardRow(row, x + 14, y + top, width - 28)),
  ]);
}

function cardRow(row: CardRow, x: number, y: number, width: number): string {
  switch (row.kind) {
    case 'title': {
      const clause = row.clause === null ? '' : `<tspan class="clause ink">${escaped(row.clause)}</tspan> `;
      return `<text class="h3" x="${n(x)}" y="${n(y + 15)}">${clause}${escaped(row.text)}</text>`;
    }
    case 'fact':
      return `${icon(row.icon, x + row.indent, y + 4)}${text('muted', x + row.indent + 17, y + 13, row.text)}`;
    case 'rule':
      return `<path class="rule" d="M${n(x)} ${n(y + 6)}h${width}"/>`;
    case 'activity': {
      return `${row.bullet === null ? '' : bullet(row.bullet, x + 4, y + 9)}${text('', x + 15, y + 13, row.text)}`;
    }
    case 'milestone':
      return group('o0', [
        `<rect class="soft" x="${n(x)}" y="${n(y + 6)}" width="${row.width}" height="23" rx="11.5"/>`,
        `<path class="ink" d="${star(x + 15, y + 17.5, 6.5)}"/>`,
        text('badge ink', x + 26, y + 22, row.text),
      ]);
  }
}

function bullet(kind: 'must' | 'optional' | 'conditional', x: number, y: number): string {
  if (kind === 'conditional') return `<path class="hollow" d="M${n(x)} ${n(y - 3.4)}l3.4 3.4l-3.4 3.4l-3.4 -3.4z"/>`;
  return `<circle class="${kind === 'must' ? 'dot' : 'hollow'}" cx="${n(x)}" cy="${n(y)}" r="2.6"/>`;
}

function gateMark({ x, y, criteria, column }: GateMark): string {
  return `<g class="${accentClass(column)}">${diamond(x, y)}${text('num', x, y + 3.6, String(criteria))}</g>`;
}

const diamond = (x: number, y: number): string =>
  `<path class="gate" d="M${n(x)} ${n(y - 11)}l11 11l-11 11l-11 -11z"/>`;

function outcomes(model: GraphModel, layout: Layout): readonly string[] {
  if (layout.outcomes.length === 0) return [];
  let other = 0;
  return [
    text('muted', layout.outcomesAt.x, layout.outcomesAt.y, { zh: '结果', en: 'Outcomes' }[model.language]),
    ...layout.outcomes.map(({ outcome, x, y, width, caption }) => {
      const milestone = outcome.milestoneOf.length > 0;
      const colour = outcomeClass(milestone, milestone ? 0 : other++);
      const mark = milestone ? star(x + 19, y + 15, 7) : cross(x + 19, y + 15);
      return group(colour, [
        `<rect class="soft" x="${n(x)}" y="${n(y)}" width="${width}" height="${PILL}" rx="${PILL / 2}"/>`,
        `<path class="ink" d="${mark}"/>`,
        text('pill ink', x + 32, y + 20, outcome.title),
        ...caption.map((line, index) => text('cap muted', x, y + PILL + 16 + index * 16, line)),
      ]);
    }),
  ];
}

function legend(model: GraphModel, { legendAt, gates, ways }: Layout): readonly string[] {
  const words = (zh: string, en: string): string => ({ zh, en })[model.language];
  const steps = model.phases.flatMap((phase) => phase.steps);
  const items: { readonly width: number; readonly draw: (x: number, y: number) => string; readonly text: string }[] =
    [];
  if (gates.length > 0) {
    items.push({
      width: 26,
      draw: (x, y) => `<g class="a0">${diamond(x + 11, y)}${text('num', x + 11, y + 3.6, 'n')}</g>`,
      text: words('关口：n 项条件', 'gate with n criteria'),
    });
  }
  if (ways.some(({ kind }) => kind === 'rework')) {
    items.push({
      width: 34,
      draw: (x, y) => `<path class="back" d="M${n(x)} ${n(y)}h26" marker-end="url(#backward)"/>`,
      text: words('退回', 'rework'),
    });
  }
  if (steps.some(({ milestone }) => milestone !== null)) {
    items.push({
      width: 20,
      draw: (x, y) => `<g class="o0"><path class="ink" d="${star(x + 7, y, 6.5)}"/></g>`,
      text: words('里程碑', 'milestone'),
    });
  }
  if (steps.some(({ activities }) => activities.some(({ optional }) => optional))) {
    items.push({
      width: 14,
      draw: (x, y) => bullet('optional', x + 4, y),
      text: words('可选细则', 'optional activity'),
    });
  }
  if (steps.some(({ activities }) => activities.some(({ conditional, optional }) => conditional && !optional))) {
    items.push({
      width: 14,
      draw: (x, y) => bullet('conditional', x + 4, y),
      text: words('视条件而定的细则', 'activity with a condition'),
    });
  }
  if (steps.some(({ optional }) => optional)) {
    items.push({
      width: 28,
      draw: (x, y) =>
        `<rect class="hollow" x="${n(x)}" y="${n(y - 6)}" width="20" height="12" rx="3" stroke-dasharray="4 3"/>`,
      text: words('可跳过的环节', 'optional step'),
    });
  }
  let { x } = legendAt;
  return items.map((item) => {
    const drawn = `${item.draw(x, legendAt.y)}${text('cap muted', x + item.width, legendAt.y + 4, item.text)}`;
    x += item.width + textWidth(item.text) * 11.5 + 26;
    return drawn;
  });
}

function icon(kind: CardIcon, x: number, y: number): string {
  const shapes = {
    role: `M${n(x + 5.5)} ${n(y)}a2.6 2.6 0 1 1 -.01 0zM${n(x + 0.5)} ${n(y + 10.5)}c0 -5.5 10 -5.5 10 0`,
    clock: `M${n(x + 5.5)} ${n(y)}a5.2 5.2 0 1 1 -.01 0zM${n(x + 5.5)} ${n(y + 2.4)}v3l2 1.4`,
    auto: `M${n(x + 6.5)} ${n(y)}l-5 6h4l-1 5l5 -6h-4z`,
    round: `M${n(x + 9.5)} ${n(y + 2.5)}a5 5 0 1 0 1 4M${n(x + 10)} ${n(y)}v3h-3`,
    way: `M${n(x)} ${n(y + 5.5)}h10m-3.5 -3.5l3.5 3.5l-3.5 3.5`,
    start: `M${n(x + 2)} ${n(y)}v6h8m-3 -3l3 3l-3 3`,
    skip: `M${n(x + 0.5)} ${n(y + 9)}c1 -8 7 -9 9 -2.5m-3.4 -.2l3.4 .4l.6 -3.4`,
    evidence: `M${n(x + 2)} ${n(y)}h5l2.5 2.5v8h-7.5zM${n(x + 4)} ${n(y + 5)}h3.5m-3.5 2.5h3.5`,
  };
  return `<path class="icon" d="${shapes[kind]}"/>`;
}

function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const angle = (Math.PI * index) / 5 - Math.PI / 2;
    const r = index % 2 === 0 ? radius : radius * 0.45;
    return `${n(x + r * Math.cos(angle))} ${n(y + r * Math.sin(angle))}`;
  });
  return `M${points.join('L')}z`;
}

const cross = (x: number, y: number): string =>
  `M${n(x - 5)} ${n(y - 3.6)}l1.4 -1.4l3.6 3.6l3.6 -3.6l1.4 1.4l-3.6 3.6l3.6 3.6l-1.4 1.4l-3.6 -3.6l-3.6 3.6l-1.4 -1.4l3.6 -3.6z`;

/** A line through points with round corners. */
function path(points: readonly Point[]): string {
  const bends = points.filter((point, index) => !straight(points[index - 1], point, points[index + 1]));
  return bends
    .map((point, index) => {
      const [before, after] = [bends[index - 1], bends[index + 1]];
      if (before === undefined) return `M${at(point)}`;
      if (after === undefined) return `L${at(point)}`;
      const radius = Math.min(9, distance(before, point) / 2, distance(point, after) / 2);
      return `L${at(toward(point, before, radius))}Q${at(point)} ${at(toward(point, after, radius))}`;
    })
    .join('');
}

function straight(before: Point | undefined, { x, y }: Point, after: Point | undefined): boolean {
  if (after !== undefined && after.x === x && after.y === y) return true;
  if (before === undefined || after === undefined) return false;
  return (before.x === x && after.x === x) || (before.y === y && after.y === y);
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

const toward = (from: Point, to: Point, by: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * by,
  y: from.y + Math.sign(to.y - from.y) * by,
});

const at = ({ x, y }: Point): string => `${n(x)} ${n(y)}`;

function arrowHead(id: string, className: string): readonly string[] {
  return [
    `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" ` +
      'markerUnits="userSpaceOnUse" orient="auto">',
    `<path class="${className}" d="M0 0.8L9.5 5L0 9.2z"/></marker>`,
  ];
}

const group = (className: string, parts: readonly string[]): string => `<g class="${className}">${parts.join('')}</g>`;

const text = (className: string, x: number, y: number, words: string): string =>
  `<text${className === '' ? '' : ` class="${className}"`} x="${n(x)}" y="${n(y)}">${escaped(words)}</text>`;

/** Two decimals at most: the same bytes everywhere. */
const n = (value: number): string => String(Math.round(value * 100) / 100);

const escaped = (words: string): string =>
  words
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
