import { dateText, say } from '../language.ts';
import { dealWords } from '../words/deal.ts';
import type { ActingProps } from './deal-actions.tsx';
import { valueText } from './value-text.ts';

/** What is known of a deal, each value with who said so and when. */
export function DealFacts({ instance, definition }: Pick<ActingProps, 'instance' | 'definition'>) {
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  const known = Object.entries(instance.fields).filter(([, value]) => value !== null);
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{say(dealWords.facts)}</h2>
      {known.length === 0 && <p class="empty">{say(dealWords.noFacts)}</p>}
      <dl class="facts">
        {known.map(([id, value]) => {
          const field = fields.get(id);
          const record = instance.records.fields[id];
          const source = record === undefined ? '' : `${say(dealWords.setBy)} ${record.by}, ${dateText(record.at)}`;
          return (
            <div key={id}>
              <dt>{field === undefined ? id : say(field.title)}</dt>
              <dd title={source}>{valueText(value, field?.choices)}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
