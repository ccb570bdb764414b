import type { Client } from './client.ts';
import { note } from './demo-event.ts';

const NOTE = '季度盘点时核对过 / checked at the end of the quarter';

export interface DemoBulk {
  readonly accepted: number;
  /** What went another way than it should. */
  readonly surprises: readonly string[];
}

/** One call for many instances: a note in each, closed ones too, rehearsed before it is carried out. */
export async function playBulk(client: Client, ids: readonly string[]): Promise<DemoBulk> {
  const items = ids.map((instance) => ({ instance, event: note(NOTE).body }));
  const rehearsed = await client.bulk(items, true);
  const { results } = await client.bulk(items, false);
  const surprises = results.flatMap(({ problem }, i) => {
    const foretold = rehearsed.results[i]?.problem;
    if (problem === undefined && foretold === undefined) return [];
    const told = `${foretold?.code ?? 'accepted'} → ${problem?.code ?? 'accepted'}`;
    return [`bulk  ${ids[i]}: ${told}`];
  });
  return { accepted: results.filter(({ problem }) => problem === undefined).length, surprises };
}
