import { useEffect, useRef } from 'preact/hooks';
import type { ProcessLayout } from '../api.ts';
import { say } from '../language.ts';
import { mapWords } from '../words/map.ts';
import { MapPicture } from './map-picture.tsx';
import type { StepMark } from './map-step.tsx';

export type { StepMark } from './map-step.tsx';

interface ProcessMapProps {
  /** `format=layout` of a process, or of a file; with `lines=2` its steps have room for two lines of marks. */
  readonly layout: ProcessLayout;
  /** By ids of steps. Lines that do not fit are told by pointing at the step, and all to screen readers. */
  readonly marks: ReadonlyMap<string, StepMark>;
  /** What choosing a step does; null: they are not to be chosen. */
  readonly choose: ((step: string) => void) | null;
}

/** Smaller than this its words are hard to read: it scrolls in its box instead. */
const LEAST_SCALE = 0.72;

const states = ['been', 'open', 'ahead'] as const;

/**
 * The picture of a process, with what is known of each step; as wide as there is room, and scrolling where there is too
 * little, at first to what is open. Over the picture lies a list of the steps, for those who do not see it and those who choose.
 */
export function ProcessMap({ layout, marks, choose }: ProcessMapProps) {
  const { width, title, language, nodes } = layout;
  const box = useRef<HTMLElement>(null);
  const open = nodes.find(({ kind, step }) => kind === 'step' && marks.get(step ?? '')?.state === 'open');
  useEffect(() => {
    if (box.current === null || open === undefined) return;
    const { scrollWidth, clientWidth } = box.current;
    box.current.scrollLeft = ((open.x + open.width / 2) / width) * scrollWidth - clientWidth / 2;
  }, [open?.x, width]);
  const shown = new Set([...marks.values()].map(({ state }) => state));
  return (
    <figure class="map">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keys */}
      <section ref={box} tabIndex={0} aria-label={`${say(mapWords.map)}: ${title}`} lang={language}>
        <div class="sheet" style={{ minWidth: `${width * LEAST_SCALE}px`, maxWidth: `${width}px` }}>
          <MapPicture layout={layout} marks={marks} />
          <Places layout={layout} marks={marks} choose={choose} />
        </div>
      </section>
      {(shown.has('open') || shown.has('been')) && (
        <figcaption>
          {states.map(
            (state) =>
              shown.has(state) && (
                <span key={state} class={state}>
                  {say(mapWords[state])}
                </span>
              ),
          )}
        </figcaption>
      )}
    </figure>
  );
}

function Places({ layout: { width, height, phases, nodes }, marks, choose }: ProcessMapProps) {
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return (
    <ol class="places">
      {phases.map((phase) => (
        <li key={phase.id}>
          <span class="unseen">{phase.title}</span>
          <ol>
            {nodes.map(({ id, kind, step, phase: of, title, x, y, width: wide, height: high }) => {
              if (kind !== 'step' || step === null || of !== phase.id) return null;
              const { state, lines } = marks.get(step) ?? NO_MARK;
              const said = [title, ...(state === null ? [] : [say(mapWords[state])]), ...lines].join(', ');
              const current = state === 'open' ? 'step' : undefined;
              const place = {
                left: share(x, width),
                top: share(y, height),
                width: share(wide, width),
                height: share(high, height),
              };
              return (
                <li key={id} style={place} title={said} aria-current={choose === null ? current : undefined}>
                  {choose === null ? (
                    <span class="unseen">{said}</span>
                  ) : (
                    <button type="button" aria-current={current} onClick={() => choose(step)}>
                      <span class="unseen">{said}</span>
                    </button>
                  )}
                </li>
              );
            })}
          </ol>
        </li>
      ))}
    </ol>
  );
}

const NO_MARK: StepMark = { state: null, lines: [] };
