interface FigureBarProps {
  /** Each with the class that colours it. */
  readonly parts: readonly { readonly kind: string; readonly size: number }[];
  /** What fills the whole width. */
  readonly of: number;
}

/** A bar of several parts. It repeats numbers that stand beside it, and says nothing by itself. */
export function FigureBar({ parts, of }: FigureBarProps) {
  let x = 0;
  return (
    <svg class="figure-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="ground" x="0" y="0" width="100" height="10" />
      {parts.map(({ kind, size }) => {
        const width = of === 0 ? 0 : (100 * size) / of;
        x += width;
        return size === 0 ? null : <rect key={kind} class={kind} x={x - width} y="0" width={width} height="10" />;
      })}
    </svg>
  );
}
