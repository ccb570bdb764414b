import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Server, startServer, visitScenarios, visitYaml } from './server.ts';

const at = (score: number) => visitYaml.replace('score >= 60', `score >= ${score}`);

let server: Server;
let second: string;
beforeAll(async () => {
  server = await startServer({}, null, undefined, { review: 'four-eyes' });
  await server.service.publishOwn(visitYaml, { id: 'serve', roles: ['admin'], team: null, tenant: 'main', via: null });
  second = await server.makeKey('bea', 'admin');
});
afterAll(() => server.stop());

const draft = (score: number, more: Record<string, unknown> = {}) =>
  server.ask('POST', '/v1/processes/visit/drafts', { body: { yaml: at(score), note: 'Easier', ...more } });
const ask = (verb: string, version: number, body: unknown, key = server.key, headers = {}) =>
  server.ask('POST', `/v1/processes/visit/versions/${version}/${verb}`, { body, key, headers });

it('a version is drafted, reviewed by somebody else, and published from a day on', async () => {
  const drafted = await draft(50, {
    hypothesis: 'More visits count',
    metric: 'Visits held +10 %',
    tests: visitScenarios,
  });
  expect([drafted.status, drafted.headers.get('location'), drafted.headers.get('etag')]).toEqual([
    201,
    '/v1/processes/visit/versions/2',
    '"2"',
  ]);
  expect(
    (await draft(50, { hypothesis: 'More visits count', metric: 'Visits held +10 %', tests: visitScenarios })).status,
  ).toBe(200);
  const { json } = await server.ask('GET', '/v1/processes/visit/versions/2');
  expect(json).toMatchObject({ standing: 'draft', tests: visitScenarios, publishedAt: null, versions: [1] });
  const own = await ask('review', 2, { verdict: 'approve', comment: 'Fine' });
  expect([own.status, own.json.code]).toEqual([409, 'approval-own-request']);
  const early = await ask('publish', 2, {});
  expect([early.status, early.json.code, early.json.author]).toEqual([409, 'review-required', 'anna']);
  const reviewed = await ask('review', 2, { verdict: 'approve', comment: 'Fine' }, second, { 'if-match': '"2"' });
  expect([reviewed.status, reviewed.headers.get('etag'), reviewed.json.standing]).toEqual([200, '"3"', 'reviewed']);
  const stale = await ask('publish', 2, {}, server.key, { 'if-match': '"2"' });
  expect([stale.status, stale.json.code, stale.json.revision]).toEqual([412, 'revision-stale', 3]);
  const effectiveAt = new Date(Date.now() + 60_000).toISOString();
  const published = await ask('publish', 2, { effectiveAt, note: 'Agreed' });
  expect(published.json).toMatchObject({ standing: 'scheduled', isNewest: false, effectiveAt });
  expect((await server.ask('GET', '/v1/processes/visit')).json.version).toBe(1);
  expect((await ask('publish', 2, {})).json).toMatchObject({ standing: 'published', isNewest: true });
  expect((await server.ask('GET', '/v1/processes/visit')).json).toMatchObject({ version: 2, versions: [2, 1] });
  const again = await draft(50, { note: 'Once more' });
  expect([again.status, again.json.standing, again.json.acts]).toEqual([409, 'published', ['publish']]);
});

it('publishing at once is refused with what to do', async () => {
  const refused = await server.publish(at(30));
  expect([refused.status, refused.json.code]).toEqual([409, 'review-required']);
  expect(refused.json.detail).toContain('phasegate draft');
});

it('drafts are listed by pages until they are published or withdrawn', async () => {
  for (const score of [20, 21]) await draft(score);
  const list = async (query = '') => (await server.ask('GET', `/v1/processes/visit/drafts${query}`)).json;
  const numbers = ({ versions }: { versions: readonly { version: number }[] }) =>
    versions.map(({ version }) => version);
  expect(numbers(await list())).toEqual([4, 3]);
  const first = await list('?limit=1');
  expect([numbers(first), first.next]).toEqual([[4], '4']);
  await ask('withdraw', 4, { note: 'Not yet' });
  expect(numbers(await list())).toEqual([3]);
  expect(numbers((await server.ask('GET', '/v1/processes/visit/versions')).json)).toEqual([4, 3, 2, 1]);
  const bad = await server.ask('GET', '/v1/processes/visit/versions?cursor=x');
  expect([bad.status, bad.json.parameter]).toEqual([400, 'cursor']);
});

it('says of a body and of a file what is wrong, each where it is', async () => {
  const body = await draft(10, { note: 7, hypothesys: 'x' });
  expect([body.status, body.json.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
    422,
    ['/hypothesys', '/note'],
  ]);
  const file = await draft(10, { yaml: at(10).replace('owner: rep', 'ownr: rep') });
  expect([file.status, file.json.code, file.json.problems.length]).toEqual([422, 'definition-invalid', 1]);
  const process = await server.ask('POST', '/v1/processes/visits/drafts', { body: { yaml: at(10), note: 'x' } });
  expect([process.status, process.json.errors[0].pointer]).toEqual([422, '/yaml']);
  const number = await ask('review', 99, { verdict: 'approve', comment: 'x' });
  expect([number.status, number.json.code]).toEqual([404, 'not-found']);
  const verdict = await ask('review', 3, { verdict: 'maybe', comment: 'x' }, second);
  expect([verdict.status, verdict.json.errors[0].pointer]).toEqual([422, '/verdict']);
});
