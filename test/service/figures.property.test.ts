import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { createFigureFiling } from '../../src/service/figure-filing.ts';
import type { FigureInstancesQuery, Figures } from '../../src/service/figure-types.ts';
import type { Service } from '../../src/service/index.ts';
import { createProcessCache } from '../../src/service/process-cache.ts';
import { ADMIN, compiled, DEPUTY } from '../engine/process.ts';
import { random } from '../engine/random.ts';
import { SIDE } from '../engine/side.ts';
import { TIMED } from '../engine/timed.ts';
import { toCommand } from '../engine/walk.ts';
import { courseOf, type ModelPeriod, percentile, recount, spentOf } from './figures-model.ts';
import { databases, node, request, setup } from './setup.ts';
import { MINUTE } from './work.ts';

const RUNS = Number(process.env.PHASEGATE_FIGURES ?? 1);
const BEGIN = '2026-02-13T00:00:00.000Z';
const HELD = TIMED.replace('override: { by: boss }', 'override: { by: boss }\nhold: { reasons: [cost] }');

type Made = Awaited<ReturnType<typeof node>>;

/** Some deals that each go their own way for some weeks. */
async function play(made: Made, name: string, seed: number): Promise<readonly string[]> {
  const { service, clock } = made;
  const r = random(seed);
  const ids: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    clock.move(r.integer(1, 20) * 60 * MINUTE);
    if (ids.length < 6 || r.chance(0.05)) {
      ids.push((await service.start({ process: name, fields: {} }, request())).instance.id);
    }
    await service.fireTimers(200);
    for (const id of ids) {
      const by = r.pick([ADMIN, DEPUTY]);
      const { actions } = await service.getInstance(id, by);
      const rare = (type: string) => ['close', 'hold', 'note', 'undo', 'override'].includes(type) && !r.chance(0.12);
      // What is refused counts as well.
      const some = actions.filter(({ allowed, type }) => (allowed || r.chance(0.15)) && !rare(type));
      if (some.length === 0) continue;
      const ends = r.chance(0.03) ? actions.filter(({ type, allowed }) => type === 'close' && allowed) : [];
      const { type, input } = toCommand(r.pick(ends.length > 0 ? ends : some), r);
      await service.send(id, { ...input, type }, request(by)).catch(() => {});
    }
  }
  return ids;
}

/** Every figure that is told, by its name, as a number. */
function toldBy(figures: Figures): ReadonlyMap<string, number> {
  const all: [string, number][] = [
    ['started', figures.series.parts.reduce((sum, { started }) => sum + started, 0)],
    ...figures.funnel.flatMap(({ step, entered, onward, sentBack, closed, open }): [string, number][] => [
      [`entered ${step}`, entered],
      [`onward ${step}`, onward],
      [`sent-back ${step}`, sentBack],
      [`closed-there ${step}`, closed],
      [`open ${step}`, open],
    ]),
    ...figures.days.map(({ step, rounds }): [string, number] => [`ended-rounds ${step}`, rounds]),
    ...figures.slas.flatMap(({ clock, inTime, late, runningLate }): [string, number][] => [
      [`in-time ${clock}`, inTime],
      [`late ${clock}`, late],
      [`running-late ${clock}`, runningLate],
    ]),
    ...figures.refusals.map(({ step, gate, criterion, refusals }): [string, number] => [
      `refused ${step?.step ?? '-'} ${gate} ${criterion}`,
      refusals,
    ]),
    ...figures.outcomes.flatMap(({ outcome, reasons }) =>
      reasons.map(({ reason, instances }): [string, number] => [`ended ${outcome ?? '-'} ${reason ?? '-'}`, instances]),
    ),
  ];
  return new Map(all.filter(([, count]) => count > 0));
}

/** The query that lists the instances of a figure. */
function queryOf(name: string, { since, until }: ModelPeriod): FigureInstancesQuery {
  const [figure = '', one = '', two = '', three = ''] = name.split(' ');
  const none = { step: null, clock: null, gate: null, criterion: null, outcome: null, reason: null };
  const page = { since, until, version: null, cursor: null, limit: 3 };
  const base = { ...none, ...page };
  switch (figure) {
    case 'started':
      return { ...base, figure };
    case 'in-time':
    case 'late':
    case 'running-late':
      return { ...base, figure, clock: one };
    case 'refused':
      return { ...base, figure, step: one === '-' ? null : one, gate: two, criterion: three };
    case 'ended':
      return { ...base, figure, outcome: one, reason: two };
    case 'entered':
    case 'onward':
    case 'sent-back':
    case 'closed-there':
    case 'open':
    case 'ended-rounds':
      return { ...base, figure, step: one };
    default:
      throw new Error(`no figure ${name}`);
  }
}

async function listed(service: Service, process: string, query: FigureInstancesQuery): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await service.figureInstances(process, { ...query, cursor }, ADMIN);
    ids.push(...page.instances.map(({ id }) => id));
    cursor = page.next;
    if (cursor === null) return ids;
  }
}

async function hold(made: Made, process: CompiledProcess, ids: readonly string[], period: ModelPeriod, isExact = true) {
  const { service } = made;
  const name = process.definition.process;
  const { since, until } = period;
  const figures = await service.getFigures(name, { since, until, version: null }, ADMIN);
  const courses = await Promise.all(ids.map((id) => courseOf(service, process, id)));
  const model = recount(courses, period);
  expect([...toldBy(figures)].sort()).toEqual([...model].map(([figure, all]) => [figure, all.length]).sort());
  for (const [figure, all] of model)
    expect([figure, await listed(service, name, queryOf(figure, period))]).toEqual([figure, [...new Set(all)].sort()]);
  for (const { step, rounds, p50, p90, spent } of figures.days) {
    if (rounds === 0) continue;
    const wanted = [percentile(courses, step, period, 50), percentile(courses, step, period, 90)];
    expect([step, p50, p90]).toEqual([step, ...wanted]);
    if (isExact) expect([step, spent]).toEqual([step, spentOf(courses, step, period)]);
  }
  return model;
}

describe.each(databases)('figures on %s', (_name, url) => {
  it('are what counting every history anew gives, in any period', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.nat(200), fc.nat(400), fc.boolean(), async (seed, from, hours, isSide) => {
        const folder = mkdtempSync(join(tmpdir(), 'phasegate-figures-'));
        const made = await node({ url: (await url()) ?? `sqlite:${join(folder, 'test.db')}` });
        const yaml = isSide ? SIDE : HELD;
        await made.service.publish(yaml, ADMIN);
        const process = compiled(yaml);
        const ids = await play(made, process.definition.process, seed);
        const at = (hour: number) => new Date(Date.parse(BEGIN) + hour * 60 * MINUTE).toISOString();
        const now = made.clock.now();
        for (const period of [
          { since: at(0), until: '2026-12-31T00:00:00.000Z', now },
          { since: at(from), until: at(from + hours + 1), now },
        ]) {
          const model = await hold(made, process, ids, period);
          for (const figure of model.keys()) seen.add(figure.split(' ')[0] ?? '');
        }
        expect(await made.service.verifyAll(null)).toMatchObject({ ok: true });
        await made.service.stop();
        await made.store.close();
        rmSync(folder, { recursive: true, force: true });
      }),
      // The first two have some figure of each kind.
      {
        numRuns: RUNS + 2,
        endOnFailure: true,
        examples: [
          [20261129, 0, 400, false],
          [7, 24, 200, true],
        ],
      },
    );
    expect([...seen].sort()).toEqual(
      ['closed-there', 'ended', 'ended-rounds', 'entered', 'in-time', 'late', 'onward', 'open']
        .concat(['refused', 'running-late', 'sent-back', 'started'])
        .sort(),
    );
  });

  it('of instances that an earlier program left are filed from their documents and histories, and are the same', async () => {
    const made = await setup(await url());
    const { database, service, store } = made;
    await service.publish(HELD, ADMIN);
    const process = compiled(HELD);
    const ids = await play(made, 'small', 20261129);
    const period = { since: BEGIN, until: '2026-12-31T00:00:00.000Z', now: made.clock.now() };
    for (const table of ['stays', 'deadlines', 'endings', 'turned_down']) await database.writer(table).delete();
    await database
      .writer('figures_pending')
      .insert(await database.writer('instances').select('bucket', { instance: 'id' }));
    const query = { since: BEGIN, until: null, version: null };
    expect(await service.getFigures('small', query, ADMIN)).toMatchObject({ complete: false, refusals: [], slas: [] });
    const file = createFigureFiling({ store, processes: createProcessCache(made) });
    for (let n = 0; n < 20 && (await file(2)) > 0; n += 1);
    expect(await service.getFigures('small', query, ADMIN)).toMatchObject({ complete: true });
    await hold(made, process, ids, period);
  });
});
