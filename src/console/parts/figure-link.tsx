import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FigureName } from '../api.ts';
import { numberText } from '../language.ts';

/** Makes the address of the deals behind a figure. */
export type DealsOf = (figure: FigureName, which: Readonly<Record<string, string>>) => string;

export const DealsAddress = createContext<DealsOf>(() => '');

interface FigureLinkProps {
  readonly figure: FigureName;
  readonly which: Readonly<Record<string, string>>;
  readonly count: number;
  /** What is counted, for those who hear the number alone. */
  readonly name: string;
}

/** A figure, which leads to its deals; nothing leads from none. */
export function FigureLink({ figure, which, count, name }: FigureLinkProps) {
  const address = useContext(DealsAddress);
  if (count === 0) return <span class="none">0</span>;
  return (
    <a href={address(figure, which)} aria-label={`${name}: ${numberText(count)}`}>
      {numberText(count)}
    </a>
  );
}
