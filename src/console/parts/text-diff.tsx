import { useState } from 'preact/hooks';
import { numberText, say } from '../language.ts';
import { trialWords } from '../words/trial.ts';
import { type Block, compareLines, type Line, type Row } from './line-diff.ts';

interface TextDiffProps {
  readonly before: string;
  readonly after: string;
}

/** Two texts line by line: beside each other where there is room, else one under the other. */
export default function TextDiff({ before, after }: TextDiffProps) {
  if (before === after) return <p class="empty">{say(trialWords.sameText)}</p>;
  const blocks = compareLines(before, after);
  if (blocks === null) return <p class="empty">{say(trialWords.tooDifferent)}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keys
    <section class="text-diff" tabIndex={0} aria-label={say(trialWords.lines)}>
      <table>
        <colgroup>
          <col class="numbers" />
          <col />
          <col class="numbers" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {say(trialWords.before)}
            </th>
            <th scope="col" colSpan={2}>
              {say(trialWords.after)}
            </th>
          </tr>
        </thead>
        {blocks.map((block) => (
          <Rows key={keyOf(block)} block={block} />
        ))}
      </table>
    </section>
  );
}

function keyOf({ rows: [first] }: Block): string {
  return `${first?.before?.number ?? ''} ${first?.after?.number ?? ''}`;
}

function Rows({ block: { rows, isFar } }: { readonly block: Block }) {
  const [isOpen, setOpen] = useState(false);
  if (isFar && !isOpen)
    return (
      <tbody>
        <tr class="fold">
          <td colSpan={4}>
            <button type="button" class="quiet" onClick={() => setOpen(true)}>
              ⋯ {numberText(rows.length)} {say(trialWords.unchanged)}
            </button>
          </td>
        </tr>
      </tbody>
    );
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={`${row.before?.number} ${row.after?.number}`} class={row.isSame ? 'same' : 'other'}>
          <Side row={row} which="before" />
          <Side row={row} which="after" />
        </tr>
      ))}
    </tbody>
  );
}

function Side({ row, which }: { readonly row: Row; readonly which: 'before' | 'after' }) {
  const line = row[which];
  if (line === null) return <td colSpan={2} class="none" />;
  const sign = row.isSame ? ' ' : which === 'before' ? '−' : '+';
  return (
    <>
      <td class={`number ${which}`}>{line.number}</td>
      <td class={`written ${which}`}>
        <span class="sign">{sign}</span>
        {row.isSame ? (
          <Text line={line} />
        ) : which === 'before' ? (
          <del>
            <Text line={line} />
          </del>
        ) : (
          <ins>
            <Text line={line} />
          </ins>
        )}
      </td>
    </>
  );
}

function Text({ line: { pieces } }: { readonly line: Line }) {
  return (
    <>
      {pieces.map(({ text, isOther }, at) => {
        return isOther ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
      })}
    </>
  );
}
