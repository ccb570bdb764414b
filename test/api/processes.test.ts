import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer, visitYaml } from './server.ts';

const salesYaml = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');
const yaml = { 'content-type': 'text/yaml' };

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('publishing', () => {
  it('answers 201 for new content and 200 for the same again', async () => {
    const first = await server.publish(salesYaml);
    expect([first.status, first.headers.get('location')]).toEqual([201, '/v1/processes/sales/versions/1']);
    expect(first.json).toMatchObject({ process: 'sales', version: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const again = await server.publish(salesYaml);
    expect([again.status, again.json.digest]).toEqual([200, first.json.digest]);
    expect(again.headers.get('location')).toBe('/v1/processes/sales/versions/1');
  });

  it('says everything that is wrong with a file, and publishes nothing', async () => {
    const broken = visitYaml.replace('owner: rep', 'ownr: rep').replace('milestone: held', 'milstone: held');
    const answer = await server.publish(broken);
    expect([answer.status, answer.json.code]).toEqual([422, 'definition-invalid']);
    const lineOf = (word: string) => broken.slice(0, broken.indexOf(word)).split('\n').length;
    expect(answer.json.problems).toEqual([
      expect.objectContaining({ severity: 'error', line: lineOf('ownr'), column: 9, length: 4 }),
      expect.objectContaining({ severity: 'error', line: lineOf('milstone'), column: 9, length: 8 }),
    ]);
    const checked = await server.ask('POST', '/v1/processes/check', { body: broken, headers: yaml });
    expect([checked.status, checked.json.problems]).toEqual([200, answer.json.problems]);
    expect((await server.ask('GET', '/v1/processes/visit')).status).toBe(404);
  });

  it('needs the role admin', async () => {
    const key = await server.makeKey('ben', 'rep');
    const answer = await server.ask('POST', '/v1/processes', { body: visitYaml, headers: yaml, key });
    expect([answer.status, answer.json.code, answer.json.roles]).toEqual([403, 'role-required', ['admin']]);
  });
});

describe('reading', () => {
  it('lists processes and shows one, by default the newest version', async () => {
    await server.publish(salesYaml);
    const { json } = await server.ask('GET', '/v1/processes');
    expect(json.processes).toMatchObject([
      { process: 'sales', title: { zh: '销售流程', en: 'Sales process' }, version: 1 },
    ]);
    const newest = await server.ask('GET', '/v1/processes/sales');
    const first = await server.ask('GET', '/v1/processes/sales/versions/1');
    expect(first.json).toEqual(newest.json);
    expect(newest.json).toMatchObject({ ...json.processes[0], versions: [1] });
    expect(newest.json.definition.phases).toHaveLength(3);
  });

  it('gives the file back byte for byte to whoever asks for YAML', async () => {
    await server.publish(salesYaml);
    for (const accept of ['application/yaml', 'text/yaml', 'text/html, text/yaml;q=0.9, application/json;q=0.1']) {
      const { text, headers } = await server.ask('GET', '/v1/processes/sales', { headers: { accept } });
      expect(text).toBe(salesYaml);
      expect(headers.get('content-type')).toMatch(/^(application|text)\/yaml; charset=utf-8$/);
    }
    const any = await server.ask('GET', '/v1/processes/sales', { headers: { accept: 'text/html, */*;q=0.1' } });
    expect(any.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('edits a file, and stores nothing', async () => {
    const operations = [
      { op: 'set-sla', at: 'step:negotiation', value: '45 days' },
      { op: 'rename', at: 'field:discount', to: 'rebate' },
    ];
    const before = (await server.ask('GET', '/v1/processes')).text;
    const { status, json } = await server.ask('POST', '/v1/processes/edit', { body: { yaml: salesYaml, operations } });
    expect([status, json.problems]).toEqual([200, []]);
    expect(json.yaml).toBe(
      salesYaml
        .replace('{ within: 30 days', '{ within: 45 days')
        .replace('discount:     { type: percent,', 'rebate:       { type: percent,')
        .replace('en: Discount }, source', 'en: Discount }, was: discount, source')
        .replaceAll(/(resets: |quote, |when: |of: |voids_on: )(\[?)discount\b/g, '$1$2rebate'),
    );
    expect((await server.ask('GET', '/v1/processes')).text).toBe(before);
  });

  it('refuses an edit by its place, and one that makes errors by these', async () => {
    const edit = (body: unknown) => server.ask('POST', '/v1/processes/edit', { body });
    const unknown = await edit({
      yaml: salesYaml,
      operations: [{ op: 'set-sla', at: 'negotation', value: '45 days' }],
    });
    expect([unknown.status, unknown.json.code, unknown.json.errors]).toEqual([
      422,
      'invalid-input',
      [
        {
          pointer: '/operations/0/at',
          message: { zh: expect.any(String), en: expect.stringContaining('did you mean negotiation?') },
        },
      ],
    ]);
    const broken = await edit({
      yaml: salesYaml,
      operations: [{ op: 'remove', at: 'step:demo', move_to: 'negotiation' }],
    });
    expect([broken.status, broken.json.code]).toEqual([422, 'definition-invalid']);
    expect(broken.json.problems.map(({ code }: { code: string }) => code)).toContain('unknown-step');
    for (const [body, pointer] of [
      [{ yaml: 1, operations: [] }, '/yaml'],
      [{ yaml: salesYaml }, '/operations'],
      [{ yaml: salesYaml, operations: [], write: true }, '/write'],
    ] as const) {
      expect((await edit(body)).json).toMatchObject({ code: 'invalid-input', errors: [{ pointer }] });
    }
  });

  it('compares two versions, the newest unless another is named', async () => {
    const compared = salesYaml.replace('process: sales\n', 'process: compared\n');
    await server.publish(compared);
    const edited = compared
      .replace('when: buyers >= 1', 'when: buyers >= 2')
      .replace('within: 30 days', 'within: 20 days');
    const { version } = (await server.publish(edited)).json;
    const compare = (query: string) => server.ask('GET', `/v1/processes/compared/diff?${query}`);
    const { status, json } = await compare(`from=${version - 1}`);
    expect([status, json.from, json.to, json.counts.tightened]).toEqual([200, version - 1, version, 2]);
    expect(json.changes).toMatchObject([
      {
        element: 'criterion',
        id: 'buyer-present',
        word: 'when',
        effect: 'tightened',
        topic: 'gate',
        line: { before: 282, after: 282 },
      },
      {
        element: 'step',
        id: 'negotiation',
        word: 'sla.within',
        before: '30 days',
        after: '20 days',
        effect: 'tightened',
      },
    ]);
    expect((await compare(`from=${version}&to=${version}`)).json).toMatchObject({ changes: [], left: 0 });
    expect((await compare(`from=${version}&to=${version - 1}`)).json.counts).toMatchObject({
      loosened: 2,
      tightened: 0,
    });
    expect((await compare('')).json).toMatchObject({ status: 400, parameter: 'from' });
    expect((await compare('from=999')).json).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('draws it in each format and in the language preferred', async () => {
    await server.publish(salesYaml);
    const draw = (query: string, language = 'en') =>
      server.ask('GET', `/v1/processes/sales/graph${query}`, { headers: { 'accept-language': language } });
    const svg = await draw('');
    expect([svg.headers.get('content-type'), svg.text.slice(0, 4)]).toEqual(['image/svg+xml; charset=utf-8', '<svg']);
    expect((await draw('?format=svg', 'zh')).text).toContain('销售流程');
    const mermaid = await draw('?format=mermaid&version=1');
    expect(mermaid.headers.get('content-type')).toBe('text/vnd.mermaid; charset=utf-8');
    expect((await draw('?format=xstate')).json).toMatchObject({ id: 'sales', initial: expect.any(String) });
    expect((await draw('?format=png')).json).toMatchObject({ status: 400, parameter: 'format' });
  });

  it.each(['absent', 'Sales', 'x'.repeat(65), '%00', 'sales/versions/9', 'sales/versions/0', 'sales/versions/x'])(
    'knows nothing of %s',
    async (name) => {
      await server.publish(salesYaml);
      const answer = await server.ask('GET', `/v1/processes/${name}`);
      expect([answer.status, answer.json.code]).toEqual([404, 'not-found']);
    },
  );

  it('says which process was meant, and which version is the newest', async () => {
    await server.publish(salesYaml);
    const meant = {
      status: 404,
      code: 'not-found',
      suggestion: 'sales',
      detail: expect.stringContaining('mean sales?'),
    };
    for (const name of ['sails', 'Sales', 'slaes', 'sales_', 'sails/versions/1', 'sails/graph'])
      expect((await server.ask('GET', `/v1/processes/${name}`)).json, name).toMatchObject(meant);
    expect((await server.ask('POST', '/v1/instances', { body: { process: 'sails' } })).json).toMatchObject(meant);
    const chinese = { headers: { 'accept-language': 'zh' } };
    expect((await server.ask('GET', '/v1/processes/sails', chinese)).json.detail).toBe(
      '没有流程 sails，是否指 sales？GET /v1/processes 可列出已发布的流程',
    );
    const absent = await server.ask('GET', '/v1/processes/something-else');
    expect(absent.json.detail).toBe(
      'there is no process something-else; GET /v1/processes lists those that are published',
    );
    expect(absent.json.suggestion).toBeUndefined();
    const version = await server.ask('GET', '/v1/processes/sales/versions/9');
    expect(version.json.detail).toBe('process sales has no version 9; the newest is 1');
  });
});
