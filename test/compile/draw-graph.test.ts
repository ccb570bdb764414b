import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMachine, initialTransition } from 'xstate';
import { compileProcess, drawGraph } from '../../src/compile/index.ts';
import { activity, approval, definition, outcome, phase, step } from './build-definition.ts';
import { definitions } from './random-definition.ts';
import { elements, parseXml } from './xml.ts';

const setup = () =>
  compileProcess(
    definition(
      [
        phase('end', [step('meet', { activities: [activity('ask')] }), step('call')], { order: 'parallel' }),
        phase('sell', [
          step('sign', {
            title: { zh: '签订 <合同> & "附件"', en: '1. Sign <b>"it"</b> & `more`; #35' },
            rework: { to: ['meet'], limit: null, resets: [] },
            milestone: 'won',
          }),
        ]),
      ],
      { outcomes: [outcome('won', []), outcome('lost', 'any')] },
    ),
  );

describe('a Mermaid drawing', () => {
  it('shows phases, steps, ways forward and back, and outcomes', () => {
    expect(drawGraph(setup(), 'mermaid', 'en')).toBe(`flowchart LR
  start((" "))
  subgraph phase_end["Title of end (parallel)"]
    direction TB
    step_meet["Title of meet"]
    step_call["Title of call"]
  end
  subgraph phase_sell["Title of sell"]
    direction TB
    step_sign["1#46; Sign #60;b#62;#34;it#34;#60;/b#62; #38; #96;more#96;#59; #35;35<br/>★ Title of won"]
  end
  closed(((" ")))
  start --> step_meet
  start --> step_call
  step_meet --> step_sign
  step_call --> step_sign
  step_sign --> closed
  step_sign -.-> step_meet
  subgraph outcomes["Outcomes"]
    direction TB
    outcome_won(["Title of won"])
    outcome_lost(["Title of lost"])
  end
  closed --> outcomes
`);
  });

  it('keeps every title inside its quotes', () => {
    fc.assert(
      fc.property(definitions, fc.constantFrom('zh', 'en'), (each, language) => {
        const lines = drawGraph(compileProcess(each), 'mermaid', language).split('\n');
        for (const line of lines.filter((each) => each.includes('"'))) {
          expect(line).toMatch(/^ +(start|closed|subgraph \w+|\w+)[[(]+"[^"]+"[\])]+$/);
        }
        expect(lines.filter((line) => /^ {4}step_/.test(line))).toHaveLength(
          each.phases.flatMap(({ steps }) => steps).length,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('an SVG drawing', () => {
  it('shows every title as text in the language asked for', () => {
    const svg = parseXml(drawGraph(setup(), 'svg', 'zh'));
    const texts = elements(svg).flatMap(({ name, text }) => (name === 'text' && text !== '' ? [text] : []));
    expect(svg.attributes).toMatchObject({ role: 'img', 'xml:lang': 'zh' });
    expect(texts).toEqual([
      'deal-flow 的标题',
      '2 个阶段 · 3 个环节 · 1 项细则',
      'end 的标题',
      '并行',
      'sell 的标题',
      'meet 的标题',
      'ask 的标题',
      'call 的标题',
      '签订 <合同> & "附件"',
      'won 的标题',
      '结果',
      'won 的标题',
      '完成签订 <合同> & "附件"时确定',
      'lost 的标题',
      '任何环节均可关闭',
      '退回',
      '里程碑',
    ]);
  });

  it('is well-formed whatever the titles, and stays inside its frame', () => {
    fc.assert(
      fc.property(definitions, fc.constantFrom('zh', 'en'), (each, language) => {
        const process = compileProcess(each);
        const drawn = drawGraph(process, 'svg', language);
        const svg = parseXml(drawn);
        const [width, height] = [Number(svg.attributes.width), Number(svg.attributes.height)];
        for (const { attributes } of elements(svg)) {
          for (const [x, most] of [
            [attributes.x, width],
            [attributes.y, height],
          ] as const) {
            if (x === undefined) continue;
            expect(Number(x)).toBeGreaterThanOrEqual(0);
            expect(Number(x)).toBeLessThanOrEqual(most);
          }
        }
        const count = (name: string): number =>
          elements(svg).filter(({ attributes }) => attributes.class === name).length;
        const steps = each.phases.flatMap((phase) => phase.steps);
        const reworks = steps.flatMap(({ rework }) => rework?.to ?? []).length;
        expect([count('area'), count('card'), count('back')]).toEqual([
          each.phases.length,
          steps.length,
          reworks + (reworks > 0 ? 1 : 0),
        ]);
        expect(drawGraph(compileProcess(each), 'svg', language)).toBe(drawn);
      }),
      { numRuns: 100 },
    );
  });
});

describe('routes, orders and options', () => {
  const child = {
    id: 'care',
    process: 'care',
    when: 'true',
    with: {},
    onLeave: 'keep',
    source: null,
    assumed: false,
    note: null,
  } as const;
  const several = () =>
    compileProcess(
      definition([
        phase('gather', [step('ask', { optional: true }), step('read', { repeatable: { max: 3 } })], {
          order: 'any',
          join: { atLeast: 1 },
        }),
        phase('judge', [
          step('draft'),
          step('check', {
            activities: [activity('look', { when: 'true' })],
            next: [
              { when: 'true', to: 'gather', limit: 2 },
              { when: 'true', to: 'draft', limit: null },
              { when: 'true', to: 'end', limit: null },
              { when: null, to: 'send', limit: null },
            ],
          }),
        ]),
        phase('extra', [step('polish')]),
        phase('deliver', [
          step('pack', { activities: [activity('list', { shared: { evidence: 'prices/list', scope: [] } })] }),
          step('send', { starts: [child] }),
        ]),
      ]),
    );

  it('are told in an SVG drawing', () => {
    const svg = parseXml(drawGraph(several(), 'svg', 'en'));
    const texts = elements(svg).flatMap(({ name, text }) => (name === 'text' ? [text] : []));
    expect(texts).toEqual(
      expect.arrayContaining([
        'any order, 1 will do',
        'up to 3 rounds',
        'Title of gather, if true (at most 2×)',
        'Title of draft, if true',
        'End, if true',
        'Title of send',
        'activity with a condition',
        'optional step',
        'rests on list',
        'starts care, if true',
      ]),
    );
    // Two ways begin, two lead on from a joined phase, one within and one to each of the last, three by routes.
    expect(elements(svg).filter(({ attributes }) => attributes.class === 'line')).toHaveLength(2 + 2 + 1 + 3 + 3);
  });

  it('are edges of a Mermaid flowchart', () => {
    const lines = drawGraph(several(), 'mermaid', 'en').split('\n');
    expect(lines.filter((line) => line.includes('step_check -->'))).toEqual([
      '  step_check -->|"true"| phase_gather',
      '  step_check -->|"true"| step_draft',
      '  step_check -->|"true"| closed',
      '  step_check --> step_send',
    ]);
    expect(lines).toContain('    step_ask(["Title of ask"])');
    expect(lines).toContain('    step_pack["Title of pack<br/>◫ rests on list"]');
    expect(lines).toContain('    step_send["Title of send<br/>↳ starts care, if true"]');
    expect(lines).toContain('    step_read["Title of read<br/>↻ up to 3 rounds"]');
  });
});

describe('what may be skipped with approval', () => {
  const policy = (id: string) => ({ approval: id, by: [], source: null, assumed: false, note: null });
  const skippable = () =>
    compileProcess(
      definition([
        phase('receive', [
          step('inspect', {
            skip: policy('unseen'),
            activities: [activity('measure', { skip: policy('dry') }), activity('look', { optional: true })],
            approvals: ['unseen', 'dry', 'spend'].map(approval),
          }),
        ]),
      ]),
    );

  it.each([
    ['en', 'Title of ', '', 'skip with approval: '],
    ['zh', '', ' 的标题', '经审批跳过：'],
  ] as const)('is told of step and activity in an SVG drawing in %s', (language, before, after, words) => {
    const svg = parseXml(drawGraph(skippable(), 'svg', language));
    const texts = elements(svg).flatMap(({ name, text }) => (name === 'text' ? [text] : []));
    const title = (id: string) => `${before}${id}${after}`;
    const first = texts.indexOf(title('inspect'));
    expect(texts.slice(first, first + 5)).toEqual([
      title('inspect'),
      `${words}${title('unseen')}`,
      title('measure'),
      `${words}${title('dry')}`,
      title('look'),
    ]);
    // They stay required: no dashed card. The exit asks for the third approval alone.
    const gates = elements(svg).filter(({ attributes }) => attributes.class === 'num');
    const dashed = elements(svg).filter(({ attributes }) => attributes['stroke-dasharray'] !== undefined);
    expect([gates.map(({ text }) => text), dashed]).toEqual([['1', 'n'], []]);
  });

  it('is told in the step of a Mermaid flowchart', () => {
    expect(drawGraph(skippable(), 'mermaid', 'en').split('\n')).toContain(
      '    step_inspect["Title of inspect<br/>↷ skip with approval#58; Title of unseen<br/>' +
        '↷ Title of measure#58; skip with approval#58; Title of dry"]',
    );
  });
});

describe('the XState JSON', () => {
  it('runs as it is', () => {
    const [snapshot] = initialTransition(createMachine(JSON.parse(drawGraph(setup(), 'xstate', 'en'))));
    expect(snapshot.value).toEqual({ end: { meet: 'open', call: 'open' } });
  });
});
