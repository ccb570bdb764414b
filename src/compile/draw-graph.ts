import type { Language } from '../text.ts';
import { graphModel } from './graph-model.ts';
import { drawMermaid } from './mermaid.ts';
import { drawSvg } from './svg.ts';
import type { CompiledProcess } from './types.ts';

export type GraphFormat = 'svg' | 'mermaid' | 'xstate';

/**
 * A drawing of the process as text: an SVG picture, a Mermaid flowchart, or the XState machine config as JSON that
 * `createMachine` takes. The same process gives the same bytes.
 */
export function drawGraph(process: CompiledProcess, format: GraphFormat, language: Language): string {
  switch (format) {
    case 'svg':
      return drawSvg(graphModel(process.definition, language));
    case 'mermaid':
      return drawMermaid(graphModel(process.definition, language));
    case 'xstate':
      return `${JSON.stringify(process.config, null, 2)}\n`;
  }
}
