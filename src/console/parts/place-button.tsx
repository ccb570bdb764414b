import { say } from '../language.ts';
import { trialWords } from '../words/trial.ts';

interface PlaceButtonProps {
  readonly line: number;
  readonly column: number;
  /** Absent: the text is not shown. */
  readonly goTo?: (line: number, column: number) => void;
}

/** A line of a text (from 1), with the way there where it is shown. */
export function PlaceButton({ line, column, goTo }: PlaceButtonProps) {
  const text = `${say(trialWords.line)} ${line}`;
  if (goTo === undefined) return <small>{text}</small>;
  return (
    <button type="button" class="quiet place" onClick={() => goTo(line, column)}>
      {text}
    </button>
  );
}
