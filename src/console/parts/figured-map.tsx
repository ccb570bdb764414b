import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Board, Figures, ProcessLayout } from '../api.ts';
import { get } from '../client.ts';
import { language, numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { numberWords as w } from '../words/numbers.ts';
import { words } from '../words/shell.ts';
import { daysText } from './figure-text.ts';
import { ProcessMap, type StepMark } from './process-map.tsx';
import { RefusedNote } from './refused-note.tsx';

interface FiguredMapProps {
  readonly process: string;
  readonly version: number;
}

/**
 * The map of a process with what goes on in it: at each step the deals that are open, and the median time and the refusals of
 * the last 90 days. A step leads to its figures.
 */
export function FiguredMap({ process, version }: FiguredMapProps) {
  const { route } = useLocation();
  const path = `/v1/processes/${process}/graph?format=layout&detail=activities&lines=2&version=${version}`;
  const { value, refused, reload } = useLoading(() => get<ProcessLayout>(path), [path]);
  const marks = useFigureMarks(process);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  return (
    <>
      <ProcessMap
        layout={value}
        marks={marks}
        choose={(step) => route(`/numbers/${process}?${new URLSearchParams({ step })}`)}
      />
      <p class="why">{say(w.mapWhy)}</p>
    </>
  );
}

/** What goes on at each step of a process. A map without figures is a map all the same. */
export function useFigureMarks(process: string): ReadonlyMap<string, StepMark> {
  const figures = useLoading(() => get<Figures>(`/v1/processes/${process}/figures`), [process]).value;
  const board = useLoading(() => get<Board>(`/v1/processes/${process}/board`), [process]).value;
  return useMemo(() => marksOf(figures, board), [figures, board, language.value]);
}

/** Nothing is said of a step where nothing is. */
function marksOf(figures: Figures | null, board: Board | null): ReadonlyMap<string, StepMark> {
  const marks = new Map<string, StepMark>();
  for (const { step } of figures?.funnel ?? []) {
    const open = board?.steps.find((each) => each.step === step)?.open ?? 0;
    const took = figures?.days.find((each) => each.step === step);
    const refused = (figures?.refusals ?? []).filter((each) => each.step?.step === step);
    const times = refused.reduce((all, { refusals }) => all + refusals, 0);
    const lines = [
      [
        ...(open > 0 ? [`${numberText(open)} ${say(w.openHere)}`] : []),
        ...(took !== undefined && took.rounds > 0 ? [`${say(w.median)} ${daysText(took.p50)}`] : []),
      ].join(' · '),
      times > 0 ? `${numberText(times)} ${say(w.refusedHere)}` : '',
    ].filter((line) => line !== '');
    if (lines.length > 0) marks.set(step, { state: null, lines });
  }
  return marks;
}
