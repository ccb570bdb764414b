import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { demoDeals } from '../../src/cli/demo-deals.ts';
import type { DemoEvent } from '../../src/cli/demo-event.ts';
import { demoEvidence } from '../../src/cli/demo-evidence.ts';
import { demoFairs } from '../../src/cli/demo-fairs.ts';
import { compileProcess } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { calendarsOf, readProcess } from '../../src/definition/index.ts';
import type { Actor, Instance } from '../../src/engine/types.ts';
import { canonicalJson } from '../../src/json.ts';
import { evidenceOfDeals } from '../bench/evidence.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { type GoldenInstance, goldenText } from './golden-file.ts';
import { type Happening, recordGolden } from './golden-play.ts';

// Records golden histories of the processes as they are now, from the sample deals: npm run golden -- 2027-02. What is there is
// never recorded again: it is the proof that old versions run unchanged.

const [name = ''] = process.argv.slice(2);
const folder = new URL(`../golden/histories/${name}/`, import.meta.url);
const BEGIN = Date.parse('2026-03-02T01:00:00Z');
const DAY = 86_400_000;

if (!/^\d{4}-\d{2}[a-z]?$/.test(name)) throw new Error('give the month that they are of, such as 2027-02');
if (existsSync(folder)) throw new Error(`${folder.pathname} is there already, and stays as it is`);
mkdirSync(folder, { recursive: true });

const of = (id: string | null): Actor => ({
  id: id ?? 'ada',
  roles: ['admin'],
  team: id === null ? null : 'east',
  tenant: 'main',
  via: id === null ? null : 'demo',
});
const service: Actor = { ...of(null), id: 'phasegate' };

function happeningOf({ as, body: { type, ...input } }: DemoEvent, key: string, n: number) {
  if (type === 'signal') {
    const signal: Happening = { type, input: { ...input, id: `${key}-${n}` }, actor: of(as), internal: true };
    return signal;
  }
  const happening: Happening = { type: String(type), input, actor: of(as) };
  if (input.child === undefined) return happening;
  // A story calls a child what the file calls it.
  return ({ children }: Instance): Happening => {
    const [child = input.child] = Object.entries(children).find(([, record]) => record.name === input.child) ?? [];
    return { ...happening, input: { ...input, child } };
  };
}

/** What becomes of the children that are requested: the first of a name fails, others start. */
const childNews = ({ children }: Instance): Happening | null => {
  const [id, record] = Object.entries(children).find(([, { status }]) => status === 'requested') ?? [];
  if (id === undefined || record === undefined) return null;
  const failed = { child: id, zh: '季度填写过长', en: 'the quarter is too long' };
  if (record.name === 'review') return { type: 'child-failed', input: failed, actor: service, internal: true };
  return {
    type: 'child-started',
    input: { child: id, startedAt: new Date(BEGIN).toISOString() },
    actor: service,
    internal: true,
  };
};

function record(id: string, stories: (process: CompiledProcess) => readonly GoldenInstance[]): void {
  const yaml = readFileSync(new URL(`../../processes/${id}.yaml`, import.meta.url), 'utf8');
  const { definition } = readProcess(yaml, `${id}.yaml`);
  if (definition === null) throw new Error(`${id}.yaml has errors`);
  const named = calendarsOf(definition);
  const calendars = shippedCalendars.filter(({ calendar }) => named.has(calendar));
  const compiled = compileProcess(definition, calendars);
  const head = {
    process: id,
    digest: compiled.digest,
    calendars: calendars.length === 0 ? null : canonicalJson(calendars),
  };
  writeFileSync(new URL(`${id}.yaml`, folder), yaml);
  writeFileSync(new URL(`${id}.jsonl`, folder), goldenText(head, stories(compiled)));
}

const start = (key: string | null, fields: object, as: string | null = null): Happening => ({
  type: 'start',
  input: { ...(key === null ? {} : { key }), fields },
  actor: of(as),
});

/** Those that differ most: each of the others goes a part of the same ways. */
const DEALS = [1, 4, 9, 15, 18, 19, 21, 22];
const FAIRS = [2, 4, 5, 6, 7, 8, 11];

record('sales', (compiled) =>
  demoDeals(1)
    .filter((_, n) => DEALS.includes(n + 1))
    .map(({ key, events }, n) => {
      const all = events.flatMap((event, i) => [happeningOf(event, key, i), childNews]);
      return recordGolden(compiled, key, BEGIN + n * DAY, start(key, {}, 'anna'), all, evidenceOfDeals);
    }),
);
record('trade-fair', (compiled) =>
  demoFairs(1, '2026-03-02T01:00:00.000Z')
    .filter((_, n) => FAIRS.includes(n + 1))
    .map(({ key, events }, n) => {
      const all = events.flatMap((event, i) => [happeningOf(event, key, i), childNews]);
      return recordGolden(compiled, key, BEGIN + n * DAY, start(key, {}, 'anna'), all, evidenceOfDeals);
    }),
);
for (const { process: id, fields, events } of demoEvidence('2026-Q1')) {
  record(id, (compiled) => {
    const all = events.map((event, i) => happeningOf(event, id, i));
    return [recordGolden(compiled, id, BEGIN, start(null, fields), all, evidenceOfDeals)];
  });
}
