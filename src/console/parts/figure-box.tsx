import type { ComponentChildren } from 'preact';

interface BoxProps {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly children: ComponentChildren;
}

/** A part of the page with its own heading, which scrolls where it is too wide. */
export function FigureBox({ id, title, why, children }: BoxProps) {
  return (
    <section class="figure-box" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="why">{why}</p>
      {children}
    </section>
  );
}

/** Scrolls sideways where there is too little room. */
export function Wide({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it groups no fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keys
    <div class="wide" role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  );
}
