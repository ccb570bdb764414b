import type { GraphModel, GraphPhase, GraphStep } from './graph-model.ts';

/** A Mermaid flowchart: a subgraph per phase, a node per step, dashed arrows for rework, rounded ends for outcomes. */
export function drawMermaid(model: GraphModel): string {
  const lines = [
    'flowchart LR',
    '  start((" "))',
    ...model.phases.flatMap(phaseLines),
    '  closed(((" ")))',
    ...model.flows.map(({ from, to }) => `  ${end(from)} --> ${end(to)}`),
    ...model.routes.map(({ from, to, phase, when }) => {
      const target = phase === null ? end(to) : node('phase', phase);
      return `  ${end(from)} -->${when === null ? '' : `|"${escaped(when)}"|`} ${target}`;
    }),
    ...model.reworks.map(({ from, to }) => `  ${end(from)} -.-> ${end(to)}`),
    ...outcomeLines(model),
  ];
  return `${lines.join('\n')}\n`;
}

function phaseLines(phase: GraphPhase): readonly string[] {
  const title = phase.mode === null ? phase.title : `${phase.title} (${phase.mode})`;
  return [
    `  subgraph ${node('phase', phase.id)}["${escaped(title)}"]`,
    '    direction TB',
    ...phase.steps.map((step) => `    ${node('step', step.id)}${box(step)}`),
    '  end',
  ];
}

/** An optional step has round ends. */
function box(step: GraphStep): string {
  return step.optional ? `(["${stepLabel(step)}"])` : `["${stepLabel(step)}"]`;
}

function stepLabel(step: GraphStep): string {
  const lines = [step.title];
  if (step.owner !== null) lines.push(step.owner);
  if (step.rounds !== null) lines.push(`↻ ${step.rounds}`);
  for (const start of step.starts) lines.push(`↳ ${start}`);
  if (step.skips !== null) lines.push(`↷ ${step.skips}`);
  for (const { title, rests, skips } of step.activities) {
    if (rests !== null) lines.push(`◫ ${rests}`);
    if (skips !== null) lines.push(`↷ ${title}: ${skips}`);
  }
  if (step.milestone !== null) lines.push(`★ ${step.milestone}`);
  return lines.map(escaped).join('<br/>');
}

function outcomeLines(model: GraphModel): readonly string[] {
  if (model.outcomes.length === 0) return [];
  return [
    `  subgraph outcomes["${{ zh: '结果', en: 'Outcomes' }[model.language]}"]`,
    '    direction TB',
    ...model.outcomes.map(({ id, title }) => `    ${node('outcome', id)}(["${escaped(title)}"])`),
    '  end',
    '  closed --> outcomes',
  ];
}

/** Mermaid's own words (`end`, `class`…) and dashes trip its parser; ids have no underscore, so this stays unique. */
const node = (kind: 'phase' | 'step' | 'outcome', id: string): string => `${kind}_${id.replaceAll('-', '_')}`;

const end = (place: string): string => (place === 'start' || place === 'closed' ? place : node('step', place));

/** Every ASCII sign but the harmless ones as Mermaid's `#code;`: quotes, tags, Markdown and list marks are then text. */
function escaped(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  // An empty label does not parse.
  if (line === '') return ' ';
  return line
    .replace(/[!-~]/g, (sign) => (/[A-Za-z0-9,()/%'-]/.test(sign) ? sign : `#${sign.charCodeAt(0)};`))
    .replace(/^-/, '#45;');
}
