import { ProcessError } from '../errors.ts';
import { type Card, type CardDetail, cardOf } from './graph-card.ts';
import type { GraphEdge, GraphModel, GraphPhase } from './graph-model.ts';
import { type PlacedOutcome, placeOutcomes } from './graph-outcomes.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Everything a drawing needs, in pixels from the top left. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly start: Point;
  readonly end: Point;
  readonly ways: readonly Way[];
  readonly gates: readonly GateMark[];
  readonly outcomes: readonly PlacedOutcome[];
  /** Top left of the caption over the outcomes. */
  readonly outcomesAt: Point;
  readonly legendAt: Point;
}

/** How much is laid out, and how many pixels are kept above it for a heading. */
export interface LayoutDetail extends CardDetail {
  readonly heading: number;
}

/** A way between steps, of which `start` and `closed` are the ends; it is drawn as it is gone. */
export interface Way extends GraphEdge {
  readonly kind: 'flow' | 'route' | 'rework';
  /** Condition of a route. */
  readonly when: string | null;
  readonly points: readonly Point[];
}

/** A phase with its cards, one below the other. */
export interface Column {
  readonly phase: GraphPhase;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly cards: readonly PlacedCard[];
}

export interface PlacedCard extends Card, Point {}

/** A gate that has criteria, where the way passes it. */
export interface GateMark extends Point {
  /** Of the step; null: of the phase. */
  readonly step: string | null;
  readonly side: 'entry' | 'exit';
  readonly criteria: number;
  readonly column: number;
}

const MARGIN = 28;
/** Enough for the legend. */
const LEAST_WIDTH = 540;
const PHASE_HEADER = 50;
const GAP = 36;
const LANE = 11;
const GUTTER = 46;
/** Ways of a picture: more would take long to lay out, and nobody could follow them. */
const MOST_WAYS = 2_000;
/** From a card to the line that gathers the ways of a parallel phase. */
const BUS = 16;

/**
 * A process is a line of phases, so a grid lays it out: a column per phase, a card per step. The way forward runs down
 * a column and through the gutter to the next; rework and routes run in lanes on the left of the cards. Throws `too-large`.
 */
export function layoutGraph(model: GraphModel, detail: LayoutDetail): Layout {
  requireFew(model);
  const tracks = trackEdges(model);
  const channel = tracks.filter(({ far }) => far).length * LANE;
  const columns = placeColumns(model, tracks, detail, detail.heading + channel);
  const [first] = columns;
  const last = columns.at(-1);
  if (first === undefined || last === undefined) throw new Error('a process without phases cannot be drawn');

  const bottom = last.y + last.height;
  const endX = last.phase.parallel ? last.x + last.width - BUS : cardX(last) + (last.cards[0]?.width ?? 0) / 2;
  const end = { x: endX, y: bottom + 58 };
  const start = { x: MARGIN + 10, y: entryOf(first).y };
  const width = Math.max(last.x + last.width + MARGIN, LEAST_WIDTH);
  // The outcomes stand beside the end where there is room, else below it.
  const beside = end.x - MARGIN > LEAST_WIDTH - 100;
  const outcomesAt = { x: MARGIN, y: beside ? bottom + 36 : end.y + 44 };
  const pillsAt = { x: MARGIN, y: outcomesAt.y + 14 };
  const { placed, height } = placeOutcomes(model, pillsAt, beside ? end.x - 48 : width - MARGIN);
  const legendAt = { x: MARGIN, y: Math.max(placed.length > 0 ? pillsAt.y + height : 0, end.y + 14) + 30 };

  return {
    width,
    height: legendAt.y + 26,
    columns,
    start,
    end,
    ways: [
      ...model.flows.map(
        (flow): Way => ({ ...flow, kind: 'flow', when: null, points: flowRoute(columns, flow, start, end) }),
      ),
      ...tracks.map((track) => trackWay(columns, track)),
    ],
    gates: columns.flatMap((column, index) => gatesOf(column, index, index === columns.length - 1, end)),
    outcomes: placed,
    outcomesAt,
    legendAt,
  };
}

function requireFew({ flows, routes, reworks }: GraphModel): void {
  const ways = flows.length + routes.length + reworks.length;
  if (ways <= MOST_WAYS) return;
  throw new ProcessError('too-large', {
    zh: `流程有 ${ways} 条走向，最多画 ${MOST_WAYS} 条；请拆成几个流程，或减少退回和分支`,
    en: `the process has ${ways} ways between its steps, at most ${MOST_WAYS} are drawn; split it, or give it fewer reworks and routes`,
  });
}

interface Jump extends GraphEdge {
  readonly kind: 'rework' | 'route';
  readonly when: string | null;
  /** Drawn from its end to its beginning: a way to a later phase runs as a way back does. */
  readonly turned: boolean;
}

/** The lane and the ends of one arrow that leaves the way forward. */
interface Track extends Jump {
  readonly source: number;
  readonly target: number;
  /** Counts from the cards outward; arrows that do not pass the same step share one. */
  readonly lane: number;
  /** Counts the arrows that leave the same card, and that enter it, shorter ones first. */
  readonly out: number;
  readonly into: number;
  /** Over other phases: through the channel above. */
  readonly far: boolean;
  readonly channel: number;
}

function trackEdges(model: GraphModel): readonly Track[] {
  const phases = new Map(model.phases.flatMap(({ steps }, index) => steps.map(({ id }) => [id, index] as const)));
  const phaseOf = (step: string): number => phases.get(step) ?? -1;
  const order = new Map([...phases.keys()].map((id, index) => [id, index]));
  const ends = ({ from, to }: GraphEdge): readonly [number, number] => {
    const [a, b] = [order.get(from) ?? -1, order.get(to) ?? -1];
    return [Math.min(a, b), Math.max(a, b)];
  };
  const span = (edge: GraphEdge): number => ends(edge)[1] - ends(edge)[0];
  const meet = (a: GraphEdge, b: GraphEdge): boolean => ends(a)[0] < ends(b)[1] && ends(b)[0] < ends(a)[1];
  const tracks: Track[] = [];
  const count = (match: (track: Track) => boolean): number => tracks.filter(match).length;
  const jumps = [
    ...model.reworks.map((edge): Jump => ({ ...edge, kind: 'rework', when: null, turned: false })),
    ...model.routes
      .filter(({ to }) => to !== 'closed')
      .map(({ from, to, when }): Jump => {
        const turned = phaseOf(from) < phaseOf(to);
        return { from: turned ? to : from, to: turned ? from : to, kind: 'route', when, turned };
      }),
  ];
  for (const edge of jumps.sort((a, b) => span(a) - span(b))) {
    const source = phaseOf(edge.from);
    const target = phaseOf(edge.to);
    const far = source - target > 1;
    const beside = tracks.filter((track) => sameSide(track, { source, target }) && meet(track, edge));
    tracks.push({
      ...edge,
      source,
      target,
      lane: 1 + Math.max(-1, ...beside.map(({ lane }) => lane)),
      out: count(({ from }) => from === edge.from),
      into: count(({ to }) => to === edge.to),
      far,
      channel: far ? count((track) => track.far) + 1 : 0,
    });
  }
  return tracks;
}

/** Whether two arrows run on the same side of the same phase: within it, or in the gutter before it. */
function sameSide(a: Pick<Track, 'source' | 'target'>, b: Pick<Track, 'source' | 'target'>): boolean {
  return a.source === b.source && (a.target === a.source) === (b.target === b.source);
}

function placeColumns(model: GraphModel, tracks: readonly Track[], detail: CardDetail, top: number): readonly Column[] {
  const stacks = model.phases.map(({ steps }) => steps.map((step) => cardOf(step, detail)));
  const tallest = Math.max(...stacks.map((cards) => cards.reduce((sum, { height }) => sum + height + GAP, -GAP)));
  const columns: Column[] = [];
  let x = MARGIN + 20 + GUTTER / 2;
  for (const [index, phase] of model.phases.entries()) {
    const lanes = lanesOf(tracks.filter(({ source, target }) => source === index && target === index));
    const before = lanesOf(tracks.filter(({ source, target }) => source === index && target !== index));
    // Arrows from afar come down behind the phase before this one.
    const behind = tracks.filter(({ far, target }) => far && target === index - 1).length;
    if (index > 0) x += GUTTER + (before + behind) * LANE;
    const bus = phase.parallel ? BUS : 0;
    const left = 22 + bus + lanes * LANE;
    const width = left + (stacks[index]?.[0]?.width ?? 0) + 22 + bus;
    let y = top + PHASE_HEADER;
    const cards = (stacks[index] ?? []).map((card) => {
      const placed = { ...card, x: x + left, y };
      y += card.height + GAP;
      return placed;
    });
    columns.push({ phase, x, y: top, width, height: PHASE_HEADER + tallest + 24, cards });
    x += width;
  }
  return columns;
}

const lanesOf = (tracks: readonly Track[]): number => 1 + Math.max(-1, ...tracks.map(({ lane }) => lane));

const cardX = (column: Column): number => column.cards[0]?.x ?? column.x;

const cardEntry = (card: PlacedCard): Point => ({ x: card.x, y: card.y + 22 });
const cardExit = (card: PlacedCard): Point => ({ x: card.x + card.width, y: card.y + card.height - 26 });
const cardTop = (card: PlacedCard): Point => ({ x: card.x + card.width / 2, y: card.y });
const cardBottom = (card: PlacedCard): Point => ({ x: card.x + card.width / 2, y: card.y + card.height });

/** Where the way crosses the left border of a phase. */
function entryOf(column: Column): Point {
  const [first] = column.cards;
  return { x: column.x, y: first === undefined ? column.y : cardEntry(first).y };
}

/** Where the way crosses the right border of a phase. */
function exitOf(column: Column): Point {
  const ys = column.cards.map((card) => cardExit(card).y);
  const y = column.phase.parallel ? ((ys[0] ?? 0) + (ys.at(-1) ?? 0)) / 2 : (ys.at(-1) ?? 0);
  return { x: column.x + column.width, y };
}

function find(columns: readonly Column[], step: string): { readonly column: Column; readonly card: PlacedCard } {
  for (const column of columns) {
    const card = column.cards.find((each) => each.step.id === step);
    if (card !== undefined) return { column, card };
  }
  throw new Error(`no step ${step} in the drawing`);
}

function flowRoute(columns: readonly Column[], { from, to }: GraphEdge, start: Point, end: Point): readonly Point[] {
  if (from !== 'start' && to !== 'closed') {
    const [a, b] = [find(columns, from), find(columns, to)];
    if (a.column === b.column) return [cardBottom(a.card), cardTop(b.card)];
    const middle = b.column.x - GUTTER / 2;
    const [out, into] = [exitOf(a.column), entryOf(b.column)];
    return [...leave(a.column, a.card), { x: middle, y: out.y }, { x: middle, y: into.y }, ...arrive(b.column, b.card)];
  }
  if (from === 'start') {
    const { column, card } = find(columns, to);
    return [{ x: start.x + 9, y: start.y }, ...arrive(column, card)];
  }
  const { column, card } = find(columns, from);
  const above = { x: end.x, y: end.y - 13 };
  return column.phase.parallel ? [cardExit(card), { x: end.x, y: cardExit(card).y }, above] : [cardBottom(card), above];
}

function leave(column: Column, card: PlacedCard): readonly Point[] {
  const exit = cardExit(card);
  if (!column.phase.parallel) return [exit];
  const bus = exit.x + BUS;
  return [exit, { x: bus, y: exit.y }, { x: bus, y: exitOf(column).y }];
}

function arrive(column: Column, card: PlacedCard): readonly Point[] {
  const entry = cardEntry(card);
  if (!column.phase.parallel) return [entry];
  const bus = entry.x - BUS;
  return [{ x: bus, y: entryOf(column).y }, { x: bus, y: entry.y }, entry];
}

function trackWay(columns: readonly Column[], track: Track): Way {
  const { from, to, kind, when, turned } = track;
  const points = backwards(columns, track);
  if (turned) return { from: to, to: from, kind, when, points: points.toReversed() };
  return { from, to, kind, when, points };
}

function backwards(columns: readonly Column[], track: Track): readonly Point[] {
  const [from, to] = [find(columns, track.from), find(columns, track.to)];
  const leaveAt = { x: from.card.x, y: cardEntry(from.card).y + 24 + track.out * 13 };
  const enterY = to.card.y + to.card.height - 20 - track.into * 13;
  if (track.source === track.target) {
    const lane = from.card.x - 14 - track.lane * LANE;
    const enterAt = { x: to.card.x, y: enterY };
    return [leaveAt, { x: lane, y: leaveAt.y }, { x: lane, y: enterAt.y }, enterAt];
  }
  const enterAt = { x: to.card.x + to.card.width, y: enterY - 26 };
  const near = from.column.x - GUTTER / 2 - (track.lane + 1) * LANE;
  if (!track.far) return [leaveAt, { x: near, y: leaveAt.y }, { x: near, y: enterAt.y }, enterAt];
  const above = from.column.y - track.channel * LANE;
  const beside = to.column.x + to.column.width + 6 + track.channel * LANE;
  return [
    leaveAt,
    { x: near, y: leaveAt.y },
    { x: near, y: above },
    { x: beside, y: above },
    { x: beside, y: enterAt.y },
    enterAt,
  ];
}

function gatesOf(column: Column, index: number, isLast: boolean, end: Point): readonly GateMark[] {
  const { phase, cards } = column;
  const mark = (step: string | null, side: GateMark['side'], criteria: number, { x, y }: Point): readonly GateMark[] =>
    criteria > 0 ? [{ step, side, criteria, column: index, x, y }] : [];
  return [
    ...mark(null, 'entry', phase.entry, entryOf(column)),
    ...mark(null, 'exit', phase.exit, isLast ? { x: end.x, y: column.y + column.height } : exitOf(column)),
    ...cards.flatMap((card, place) => {
      const { id, entry, exit } = card.step;
      const aside = phase.parallel || (place === cards.length - 1 && !isLast);
      return [
        ...mark(id, 'entry', entry, phase.parallel || place === 0 ? cardEntry(card) : cardTop(card)),
        ...mark(id, 'exit', exit, aside ? cardExit(card) : cardBottom(card)),
      ];
    }),
  ];
}
