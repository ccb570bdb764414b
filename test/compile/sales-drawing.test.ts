import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  advanceEvent,
  compileProcess,
  drawGraph,
  joinEvent,
  openPlaces,
  startMachine,
  stepMachine,
} from '../../src/compile/index.ts';
import { readProcess } from '../../src/definition/index.ts';

function setup() {
  const file = new URL('../../processes/sales.yaml', import.meta.url);
  const { definition, problems } = readProcess(readFileSync(file, 'utf8'), 'sales.yaml');
  if (definition === null) throw new Error(JSON.stringify(problems));
  return compileProcess(definition);
}

// The pictures are committed for people to read; `vitest -u` draws them again when the process changes.
describe('the sales process', () => {
  it.each([
    ['en', '../../processes/sales.svg'],
    ['zh', '../../processes/sales.zh.svg'],
  ] as const)('is drawn in %s as the picture beside it', async (language, picture) => {
    await expect(drawGraph(setup(), 'svg', language)).toMatchFileSnapshot(picture);
  });

  it.each(['zh', 'en'] as const)('is drawn for Mermaid in %s', async (language) => {
    await expect(drawGraph(setup(), 'mermaid', language)).toMatchFileSnapshot(`../golden/sales.${language}.mmd`);
  });

  it('runs from its first step to the end, by way of the contract', () => {
    const process = setup();
    const story: string[] = [];
    let { marking, actions } = startMachine(process);
    for (;;) {
      story.push(...actions.map(({ type, params }) => `${type} ${params.step ?? params.outcome}`));
      const [place] = openPlaces(process, marking);
      if (place === undefined) break;
      const beside = process.phases.get(place.phase)?.order !== 'sequence';
      const last = beside && openPlaces(process, marking).length === 1;
      const move = stepMachine(process, marking, advanceEvent(place.step));
      if (move === null) throw new Error(`${place.step} cannot be advanced`);
      ({ marking, actions } = move);
      const joined = last ? stepMachine(process, marking, joinEvent(place.phase)) : null;
      if (joined !== null) ({ marking } = joined);
      if (joined !== null) actions = [...actions, ...joined.actions];
    }
    expect(story).toEqual([
      'enter market-analysis',
      'enter sales-tools',
      'leave market-analysis',
      'leave sales-tools',
      'enter first-contact',
      'leave first-contact',
      'enter demo',
      'leave demo',
      'enter negotiation',
      'leave negotiation',
      'reach won',
      'enter delivery',
      'leave delivery',
      'enter satisfaction',
      'leave satisfaction',
      'enter long-term',
      'leave long-term',
    ]);
  });
});
