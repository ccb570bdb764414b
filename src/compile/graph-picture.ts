import type { ProcessDefinition } from '../definition/types.ts';
import type { Language } from '../text.ts';
import type { CardDetail, CardRow } from './graph-card.ts';
import { type Column, type GateMark, type Layout, layoutGraph, type PlacedCard, type Way } from './graph-layout.ts';
import { graphModel } from './graph-model.ts';
import { PILL } from './graph-outcomes.ts';
import type { GraphLine, GraphNode, GraphPicture, GraphWay } from './graph-picture-types.ts';

/** Half the width of the marks that stand on a way. */
const START = 8;
const END = 11;
const GATE = 11;

/** Where everything of a process stands, for others to draw, with titles in one language. */
export function graphPicture(definition: ProcessDefinition, language: Language, detail: CardDetail): GraphPicture {
  const model = graphModel(definition, language);
  const isWhole = detail.detail === 'activities';
  const layout = layoutGraph(isWhole ? model : { ...model, outcomes: [] }, { ...detail, heading: MARGIN });
  const { columns, start, end } = layout;
  return {
    process: definition.process,
    title: model.title,
    language,
    width: layout.width,
    height:
      Math.max(end.y + END, isWhole ? layout.legendAt.y : 0, ...columns.map(({ y, height }) => y + height)) + MARGIN,
    phases: columns.map(({ phase, x, y, width, height }) => {
      const { id, title, source, mode } = phase;
      return { id, title, source, mode, x, y, width, height };
    }),
    nodes: [
      markNode('start', language === 'zh' ? '开始' : 'Start', start, START),
      ...columns.flatMap((column) => column.cards.map((card) => stepNode(column, card))),
      ...layout.gates.map((gate) => gateNode(columns, gate, language)),
      markNode('end', language === 'zh' ? '结束' : 'End', end, END),
      ...layout.outcomes.map(outcomeNode),
    ],
    ways: layout.ways.map(wayOf),
  };
}

/** Pixels around the picture. */
const MARGIN = 16;

const plain = { phase: null, step: null, source: null, isOptional: false, lines: [], room: null } as const;

function markNode(kind: 'start' | 'end', title: string, { x, y }: Layout['start'], half: number): GraphNode {
  return { ...plain, id: kind, kind, title, x: x - half, y: y - half, width: 2 * half, height: 2 * half };
}

function stepNode({ phase }: Column, card: PlacedCard): GraphNode {
  const { step, x, y, width, height, rows, room } = card;
  return {
    id: stepId(step.id),
    kind: 'step',
    phase: phase.id,
    step: step.id,
    title: step.title,
    source: step.source,
    isOptional: step.optional,
    x,
    y,
    width,
    height,
    lines: rows.map(({ row, top }) => lineOf(row, top)),
    room,
  };
}

function lineOf(row: CardRow, top: number): GraphLine {
  const blank = { kind: row.kind, top, text: '', clause: null, mark: null, indent: 0 };
  switch (row.kind) {
    case 'title':
      return { ...blank, text: row.text, clause: row.clause };
    case 'fact':
      return { ...blank, text: row.text, mark: row.icon, indent: row.indent };
    case 'rule':
      return blank;
    case 'activity':
      return { ...blank, text: row.text, mark: row.bullet };
    case 'milestone':
      return { ...blank, text: row.text };
  }
}

function gateNode(columns: readonly Column[], gate: GateMark, language: Language): GraphNode {
  const { step, side, criteria, column, x, y } = gate;
  const phase = columns[column]?.phase.id ?? null;
  const words = {
    zh: `${side === 'entry' ? '准入' : '准出'}关口：${criteria} 项条件`,
    en: `${side} gate: ${criteria === 1 ? '1 criterion' : `${criteria} criteria`}`,
  };
  return {
    ...plain,
    id: `gate/${step ?? phase}/${side}`,
    kind: 'gate',
    phase,
    step,
    title: words[language],
    x: x - GATE,
    y: y - GATE,
    width: 2 * GATE,
    height: 2 * GATE,
    lines: [{ kind: 'count', top: 0, text: String(criteria), clause: null, mark: null, indent: 0 }],
  };
}

function outcomeNode({ outcome, x, y, width, caption }: Layout['outcomes'][number]): GraphNode {
  return {
    ...plain,
    id: `outcome/${outcome.id}`,
    kind: 'outcome',
    title: outcome.title,
    x,
    y,
    width,
    height: PILL,
    lines: caption.map((text, n) => ({
      kind: 'caption',
      top: PILL + 4 + n * 16,
      text,
      clause: null,
      mark: null,
      indent: 0,
    })),
  };
}

function wayOf({ kind, from, to, when, points }: Way): GraphWay {
  const place = (id: string): string => (id === 'start' ? id : id === 'closed' ? 'end' : stepId(id));
  return { kind, from: place(from), to: place(to), label: when, points };
}

const stepId = (step: string): string => `step/${step}`;
