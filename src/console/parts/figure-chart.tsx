import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { theme } from '../theme.ts';

export interface ChartLine {
  readonly name: string;
  readonly values: readonly number[];
}

interface FigureChartProps {
  readonly labels: readonly string[];
  /** At most five. */
  readonly lines: readonly ChartLine[];
  /** What it shows, for those who do not see it; the table beside it says the rest. */
  readonly name: string;
}

const HEIGHT = 230;
/** Lines are told apart by their dashes too. */
const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 4]];
const COLOURS = ['--chart-0', '--chart-1', '--chart-2', '--chart-3', '--chart-4'];

/** Counts over the parts of a period. */
export default function FigureChart({ labels, lines, name }: FigureChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const plot = draw(current, labels, lines);
    const resized = new ResizeObserver(() => plot.setSize({ width: current.clientWidth, height: HEIGHT }));
    resized.observe(current);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [labels, lines, theme.value]);
  return (
    <>
      <p class="legend" aria-hidden="true">
        {lines.map((line, n) => (
          <span key={line.name} class="line">
            <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
              <line
                x1="0"
                y1="4"
                x2="28"
                y2="4"
                stroke={`var(${COLOURS[n] ?? ''})`}
                stroke-width="2.5"
                stroke-dasharray={(DASHES[n] ?? []).join(' ')}
              />
            </svg>
            {line.name}
          </span>
        ))}
      </p>
      <div ref={box} class="chart" role="img" aria-label={name} />
    </>
  );
}

function draw(box: HTMLElement, labels: readonly string[], lines: readonly ChartLine[]): uPlot {
  const style = getComputedStyle(box);
  const colour = (variable: string) => style.getPropertyValue(variable).trim();
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: colour('--calm'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font };
  return new uPlot(
    {
      width: box.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: [-0.3, Math.max(0.3, labels.length - 0.7)] },
        y: { range: (_plot, _least, most) => [0, Math.max(4, Math.ceil(most * 1.15))] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          space: 90,
          incrs: [1, 2, 3, 4, 6, 12, 24],
          values: (_plot, splits) => splits.map((at) => labels[at] ?? ''),
        },
        { ...axis, size: 42, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
      ],
      series: [
        {},
        ...lines.map((line, n) => ({
          label: line.name,
          stroke: colour(COLOURS[n] ?? '--calm'),
          width: 2.5,
          dash: [...(DASHES[n] ?? [])],
          points: { show: labels.length <= 40, size: 6, fill: colour('--raised') },
        })),
      ],
    },
    [labels.map((_, n) => n), ...lines.map(({ values }) => [...values])],
    box,
  );
}
