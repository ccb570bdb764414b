import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionTests } from '../../src/cli/version-tests.ts';
import { type Answer, type Server, startServer, visitScenarios, visitYaml } from './server.ts';

const at = (score: number) => visitYaml.replace('score >= 60', `score >= ${score}`);

const OPERATOR = { id: 'serve', roles: ['admin'], team: null, tenant: 'main', via: null };

let server: Server;
beforeAll(async () => {
  server = await startServer({}, null, undefined, { tests: versionTests });
  await server.service.publishOwn(visitYaml, OPERATOR, visitScenarios);
});
afterAll(() => server.stop());

const ask = (verb: string, body: unknown, headers = {}): Promise<Answer> =>
  server.ask('POST', `/v1/processes/visit/${verb}`, { body, headers });

describe('trying scenarios', () => {
  it('takes those that lay beside the file, and says of each what became of it and what they have seen', async () => {
    const { status, json } = await ask('test', { version: 1 });
    expect([status, json.passed, json.failed, json.left, json.problems]).toEqual([200, 2, 0, 0, []]);
    expect(json.scenarios[0]).toEqual({
      name: '评分 70 可以完成',
      line: 4,
      column: 5,
      passed: true,
      heldBy: null,
      differences: [],
    });
    expect(json.coverage).toEqual({
      steps: { seen: 2, all: 2, unseen: [] },
      routes: { seen: 0, all: 0, unseen: [] },
      activities: { seen: 2, all: 2, unseen: [] },
      outcomes: { seen: 1, all: 2, unseen: ['cancelled'] },
      criteria: { seen: 1, all: 1, unseen: [] },
    });
  });

  it('says of an edit what was expected, what was found and where', async () => {
    const { json } = await ask('test', { yaml: at(80) });
    expect([json.passed, json.failed]).toEqual([1, 1]);
    expect(json.scenarios[0]).toMatchObject({
      passed: false,
      differences: [
        { what: 'advance', expected: { zh: '接受', en: 'accepted' }, found: { en: /^refused: good-enough/ }, line: 11 },
      ].map((difference) => ({ ...difference, found: { en: expect.stringMatching(difference.found.en) } })),
    });
  });

  it('takes scenarios that are given in place of those, and says what is wrong in them', async () => {
    const { json } = await ask('test', { yaml: at(80), scenarios: visitScenarios.replaceAll('70', '90') });
    expect([json.passed, json.failed]).toEqual([2, 0]);
    const broken = await ask('test', {
      yaml: at(80),
      scenarios: visitScenarios.replace('advance: plan', 'advance: plam'),
    });
    expect([broken.status, broken.json.code]).toEqual([422, 'definition-invalid']);
    expect(broken.json.problems[0]).toMatchObject({ file: 'tests.yaml', line: 9, severity: 'error' });
    const file = await ask('test', { yaml: visitYaml.replace('owner: rep', 'owner: reb') });
    expect([file.json.code, file.json.problems[0].file]).toEqual(['definition-invalid', 'process.yaml']);
  });

  it.each([
    ['neither', {}, '/yaml'],
    ['both', { yaml: visitYaml, version: 1 }, '/version'],
    ['no text', { yaml: visitYaml, scenarios: '' }, '/scenarios'],
    ['too much', { version: 1, scenarios: `# ${'x'.repeat(256 * 1024)}` }, '/scenarios'],
    ['a slip', { version: 1, scenario: visitScenarios }, '/scenario'],
    ['no number', { version: '1' }, '/version'],
    ['another process', { yaml: visitYaml.replace('process: visit', 'process: visits') }, '/yaml'],
  ])('refuses %s', async (_, body, pointer) => {
    const { status, json } = await ask('test', body);
    expect([status, json.code, json.errors[0].pointer]).toEqual([422, 'invalid-input', pointer]);
  });

  it('runs what a version has, which may be nothing', async () => {
    await server.publish(visitYaml.replaceAll('visit', 'stay'));
    const { json } = await server.ask('POST', '/v1/processes/stay/test', { body: { version: 1 } });
    expect([json.scenarios, json.passed, json.coverage.steps]).toEqual([
      [],
      0,
      { seen: 0, all: 2, unseen: ['plan', 'rate'] },
    ]);
  });
});

describe('what a file says otherwise than a version', () => {
  it('is told as for two versions', async () => {
    const { json } = await ask('diff', { yaml: at(80) });
    expect([json.from, json.counts.tightened, json.changes.length]).toEqual([1, 1, 1]);
    expect(json.changes[0]).toMatchObject({
      effect: 'tightened',
      before: { text: 'score >= 60' },
      after: { text: 'score >= 80' },
    });
    expect((await ask('diff', { yaml: visitYaml, from: 1 })).json.changes).toEqual([]);
    expect((await ask('diff', { yaml: visitYaml, from: 9 })).status).toBe(404);
    expect((await ask('diff', { yaml: visitYaml, from: 0 })).json.errors[0].pointer).toBe('/from');
  });
});

describe('replaying', () => {
  const since = '2020-01-01T00:00+08:00';
  let id: string;
  beforeAll(async () => {
    const begun = await server.ask('POST', '/v1/instances', {
      body: { process: 'visit', fields: { visit_no: 'R-1' } },
    });
    id = begun.json.instance.id;
    for (const event of [
      { type: 'complete', activity: 'agree', choices: ['phone'] },
      { type: 'advance' },
      { type: 'complete', activity: 'ask', with: { score: 70 } },
      { type: 'advance' },
    ])
      expect((await server.ask('POST', `/v1/instances/${id}/events`, { body: event })).status).toBe(200);
    const acme = { key: (await server.service.createKey('ada', ['admin'], { tenant: 'acme' })).secret };
    const body = { process: 'visit', fields: { visit_no: 'SECRET' } };
    expect((await server.ask('POST', '/v1/instances', { body, ...acme })).status).toBe(201);
  });

  it('tells each difference and its sum, of the own tenant alone', async () => {
    const { status, json } = await ask('replay', { yaml: at(80), since });
    expect([status, json.instances, json.commands, json.same, json.version]).toEqual([200, 1, 5, 4, null]);
    expect(json.differences).toMatchObject({ refused: 1, accepted: 0 });
    expect(json.findings).toMatchObject([{ kind: 'refused', id: 'good-enough', of: 'rate', count: 1 }]);
    expect(json.listed).toMatchObject([{ kind: 'refused', instance: id, key: 'R-1', seq: 5, command: 'advance' }]);
    expect(JSON.stringify(json)).not.toContain('SECRET');
    const bounded = await ask('replay', { yaml: at(80), since, limit: 0 });
    expect([bounded.json.listed, bounded.json.differences.refused]).toEqual([[], 1]);
    const own = await ask('replay', { version: 1, since, until: '2020-02-01T00:00Z' });
    expect([own.json.version, own.json.commands]).toEqual([1, 0]);
  });

  it.each([
    ['no period', { version: 1 }, '/since'],
    ['a day that there is not', { version: 1, since: '2026-02-30T00:00Z' }, '/since'],
    ['an end before its begin', { version: 1, since, until: '2019-01-01T00:00Z' }, '/until'],
    ['too many', { version: 1, since, limit: 1001 }, '/limit'],
  ])('refuses %s', async (_, body, pointer) => {
    const { status, json } = await ask('replay', body);
    expect([status, json.code, json.errors[0].pointer]).toEqual([422, 'invalid-input', pointer]);
  });

  it('says in lines how far it is, and at last what it found', async () => {
    const { json } = await ask('replay', { yaml: at(80), since });
    const answer = await ask('replay', { yaml: at(80), since }, { accept: 'application/jsonl' });
    const lines = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({ progress: { done: 5, all: 5 } });
    expect(lines.at(-1)).toEqual({ result: { ...json, until: expect.any(String) } });
    const wrong = await ask('replay', { version: 1 }, { accept: 'application/jsonl' });
    expect([wrong.status, wrong.json.code]).toEqual([422, 'invalid-input']);
  });

  it('stops when nobody waits for it any more', async () => {
    const notes = Array.from({ length: 1_000 }, () => ({ instance: id, event: { type: 'note', text: 'x' } }));
    for (let n = 0; n < 6; n += 1) await server.ask('POST', '/v1/bulk/events', { body: { items: notes } });
    const controller = new AbortController();
    const response = await fetch(`${server.url}/v1/processes/visit/replay`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.key}`,
        'content-type': 'application/json',
        accept: 'application/jsonl',
      },
      body: JSON.stringify({ version: 1, since }),
      signal: controller.signal,
    });
    const read = await response.body?.getReader().read();
    expect(new TextDecoder().decode(read?.value)).toMatch(/^\{"progress":\{"done":\d+,"all":6005\}\}\n$/);
    controller.abort();
    const line = () => server.log.find(({ path, code }) => path === '/v1/processes/visit/replay' && code === 'gone');
    while (line() === undefined) await after(5);
    expect(line()).toMatchObject({ status: 499 });
  });
});
