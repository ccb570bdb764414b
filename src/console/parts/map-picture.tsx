import { useId } from 'preact/hooks';
import type { LayoutNode, LayoutPhase, ProcessLayout } from '../api.ts';
import { MapStep, type StepMark } from './map-step.tsx';
import { wayPath } from './way-path.ts';

interface MapPictureProps {
  readonly layout: ProcessLayout;
  readonly marks: ReadonlyMap<string, StepMark>;
}

const COLOURS = 5;
const accent = (index: number): string => `accent-${index % COLOURS}`;

/** What is seen of a map; its words for others stand beside it. */
export function MapPicture({ layout: { width, height, phases, nodes, ways }, marks }: MapPictureProps) {
  const id = useId();
  const phaseOf = (node: LayoutNode) => phases.findIndex((phase) => phase.id === node.phase);
  const marksNotSteps = nodes.filter(({ kind }) => kind !== 'step');
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <defs>
        <ArrowHead id={`${id}-forward`} kind="forward" />
        <ArrowHead id={`${id}-back`} kind="back" />
      </defs>
      {phases.map((phase, index) => (
        <PhaseArea key={phase.id} phase={phase} index={index} />
      ))}
      {ways.map(({ kind, from, to, points }, n) => (
        <path
          key={`${from} ${to} ${n}`}
          class={`way ${kind}`}
          d={wayPath(points)}
          marker-end={`url(#${id}-${kind === 'rework' ? 'back' : 'forward'})`}
        />
      ))}
      {nodes.map((node) =>
        node.step !== null && node.kind === 'step' ? (
          <g key={node.id} class={accent(phaseOf(node))}>
            <MapStep node={node} mark={marks.get(node.step) ?? null} />
          </g>
        ) : null,
      )}
      {marksNotSteps.map((node) => (
        <g key={node.id} class={accent(phaseOf(node))}>
          <Mark node={node} />
        </g>
      ))}
    </svg>
  );
}

function ArrowHead({ id, kind }: { readonly id: string; readonly kind: 'forward' | 'back' }) {
  return (
    <marker
      id={id}
      class={kind}
      viewBox="0 0 10 10"
      refX="9"
      refY="5"
      markerWidth="9"
      markerHeight="9"
      markerUnits="userSpaceOnUse"
      orient="auto"
    >
      <path d="M0 0.8L9.5 5L0 9.2z" />
    </marker>
  );
}

function PhaseArea({ phase, index }: { readonly phase: LayoutPhase; readonly index: number }) {
  const { title, source, mode, x, y, width, height } = phase;
  return (
    <g class={accent(index)}>
      <rect class="area" x={x} y={y} width={width} height={height} rx="12" />
      <svg x={x} y={y} width={width} height="46" aria-hidden="true">
        <text class="phase" x="18" y="29">
          {source !== null && source.length <= 12 && <tspan class="clause">{source} </tspan>}
          {title}
        </text>
        {mode !== null && (
          <text class="mode" x={width - 18} y="29" text-anchor="end">
            {mode}
          </text>
        )}
      </svg>
    </g>
  );
}

/** Where it begins and ends, gates on the way, outcomes. */
function Mark({ node: { kind, x, y, width, height, title, lines } }: { readonly node: LayoutNode }) {
  const half = width / 2;
  const [cx, cy] = [x + half, y + height / 2];
  switch (kind) {
    case 'start':
      return <circle class="knot" cx={cx} cy={cy} r={half} />;
    case 'end':
      return (
        <>
          <circle class="ring" cx={cx} cy={cy} r={half} />
          <circle class="knot" cx={cx} cy={cy} r={half - 4.5} />
        </>
      );
    case 'gate':
      return (
        <>
          <title>{title}</title>
          <path class="gate" d={`M${cx} ${y}l${half} ${half}l${-half} ${half}l${-half} ${-half}z`} />
          <text class="count" x={cx} y={cy + 3.6}>
            {lines[0]?.text}
          </text>
        </>
      );
    case 'outcome':
      return (
        <g class="outcome">
          <rect x={x} y={y} width={width} height={height} rx={height / 2} />
          <text x={cx} y={y + 20}>
            {title}
          </text>
          {lines.map(({ text, top }) => (
            <text key={top} class="caption" x={x} y={y + top + 12}>
              {text}
            </text>
          ))}
        </g>
      );
    case 'step':
      return null;
  }
}
