import type { LayoutLine, LayoutNode } from '../api.ts';
import { factPaths } from './fact-paths.ts';

/** What is known of a step: whether it is open, and words of whoever shows the map. */
export interface StepMark {
  readonly state: 'open' | 'been' | 'ahead' | null;
  readonly lines: readonly string[];
}

const PADDING = 14;
const LINE = 17;

interface MapStepProps {
  readonly node: LayoutNode;
  readonly mark: StepMark | null;
}

/** The card of a step in the picture. */
export function MapStep({ node, mark }: MapStepProps) {
  const { x, y, width, height, isOptional, room, lines } = node;
  const state = mark?.state ?? null;
  const fit = Math.floor((height - (room ?? height) - 5) / LINE);
  return (
    <g class={`step ${state ?? ''} ${isOptional ? 'optional' : ''}`}>
      <rect class="card" x={x} y={y} width={width} height={height} rx="9" />
      <svg x={x} y={y} width={width} height={height} aria-hidden="true">
        {lines.map((line) => (
          <Line key={line.top} line={line} width={width} />
        ))}
        {mark?.lines.slice(0, fit).map((line, n) => (
          <text key={`${n} ${line}`} class="mark" x={PADDING} y={(room ?? 0) + 14 + n * LINE}>
            {line}
          </text>
        ))}
      </svg>
      {state !== null && state !== 'ahead' && <StateSign state={state} x={x + width - 6} y={y + 6} />}
    </g>
  );
}

/** Says by its form what the colour says. */
function StateSign({ state, x, y }: { readonly state: 'open' | 'been'; readonly x: number; readonly y: number }) {
  return (
    <g class="sign">
      <circle cx={x} cy={y} r="10" />
      <path d={state === 'been' ? `M${x - 4.5} ${y}l3 3.4l6 -6.4` : `M${x - 3} ${y - 4.5}l7 4.5l-7 4.5z`} />
    </g>
  );
}

function Line({
  line: { kind, top, text, clause, mark, indent },
  width,
}: {
  readonly line: LayoutLine;
  readonly width: number;
}) {
  const x = PADDING + indent;
  switch (kind) {
    case 'title':
      return (
        <text class="title" x={x} y={top + 15}>
          {clause !== null && <tspan class="clause">{clause} </tspan>}
          {text}
        </text>
      );
    case 'fact':
      return (
        <>
          <path class="icon" transform={`translate(${x} ${top + 4})`} d={factPaths[mark ?? '']} />
          <text class="fact" x={x + 17} y={top + 13}>
            {text}
          </text>
        </>
      );
    case 'rule':
      return <path class="rule" d={`M${x} ${top + 6}H${width - PADDING}`} />;
    case 'activity':
      return (
        <>
          {mark !== null && <path class={`bullet ${mark}`} d={bullet(mark, x + 4, top + 9)} />}
          <text x={x + 15} y={top + 13}>
            {text}
          </text>
        </>
      );
    case 'milestone':
      return (
        <text class="milestone" x={x} y={top + 22}>
          ★ {text}
        </text>
      );
    default:
      return null;
  }
}

function bullet(mark: string, x: number, y: number): string {
  if (mark === 'conditional') return `M${x} ${y - 3.4}l3.4 3.4l-3.4 3.4l-3.4 -3.4z`;
  return `M${x - 2.6} ${y}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z`;
}
