import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { useAddress } from '../address.ts';

export interface Tab {
  /** In the address, as `?tab=`. */
  readonly id: string;
  readonly name: string;
  /** How many of something there are, always in sight. */
  readonly count?: number;
  /** Colours the count. */
  readonly mood?: 'bad' | 'soon';
  readonly panel: ComponentChildren;
}

interface TabsProps {
  readonly label: string;
  /** At least one; the first is shown where the address names none. */
  readonly tabs: readonly Tab[];
}

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** Panels of which one is shown (WAI-ARIA, tabs). What was shown once stays as it is while another one is. */
export function Tabs({ label, tabs }: TabsProps) {
  const own = useId();
  const { query, set } = useAddress();
  const list = useRef<HTMLDivElement>(null);
  const shown = tabs.find(({ id }) => id === query.tab) ?? tabs[0];
  const opened = useRef(new Set<string>());
  if (shown !== undefined) opened.current.add(shown.id);

  function onKeyDown(event: KeyboardEvent, at: number): void {
    const to = steps[event.key]?.(at, tabs.length - 1);
    const tab = to === undefined ? undefined : tabs[to];
    if (to === undefined || tab === undefined) return;
    event.preventDefault();
    set({ tab: tab.id });
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  }

  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} ref={list}>
        {tabs.map(({ id, name, count, mood }, at) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${own}-${id}`}
            aria-controls={`${own}-${id}-panel`}
            aria-selected={id === shown?.id}
            tabIndex={id === shown?.id ? 0 : -1}
            onClick={() => set({ tab: id })}
            onKeyDown={(event) => onKeyDown(event, at)}
          >
            {name}
            {count !== undefined && count > 0 && <span class={`count ${mood ?? ''}`}>{count}</span>}
          </button>
        ))}
      </div>
      {tabs.map(({ id, name, panel }) => (
        <div
          key={id}
          role="tabpanel"
          id={`${own}-${id}-panel`}
          aria-labelledby={`${own}-${id}`}
          hidden={id !== shown?.id}
        >
          <h2 class="unseen">{name}</h2>
          {opened.current.has(id) && panel}
        </div>
      ))}
    </div>
  );
}
