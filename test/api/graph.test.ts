import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from './server.ts';

const salesYaml = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

let server: Server;
beforeAll(async () => {
  server = await startServer();
  await server.publish(salesYaml);
});
afterAll(() => server.stop());

const layout = (query = '', language = 'en') =>
  server.ask('GET', `/v1/processes/sales/graph?format=layout${query}`, { headers: { 'accept-language': language } });
const layoutOf = (yaml: string, query = '') =>
  server.ask('POST', `/v1/processes/graph${query}`, { body: yaml, headers: { 'content-type': 'application/yaml' } });
const steps = (json: { nodes: { kind: string; step: string; title: string; height: number }[] }) =>
  json.nodes.filter(({ kind }) => kind === 'step');

describe('the layout of a process', () => {
  it('says where its steps stand, in the language preferred', async () => {
    const [english, chinese] = [await layout(), await layout('', 'zh')];
    expect(english.headers.get('content-language')).toBe('en');
    expect(chinese.headers.get('content-language')).toBe('zh');
    expect(steps(english.json).map(({ step }) => step)).toEqual([
      'market-analysis',
      'sales-tools',
      'first-contact',
      'demo',
      'negotiation',
      'delivery',
      'satisfaction',
      'long-term',
    ]);
    expect([english.json.title, chinese.json.title]).toEqual(['Sales process', '销售流程']);
    expect(english.json.phases).toHaveLength(3);
  });

  it('has more in it when activities are asked for, and room when lines are', async () => {
    const [plain, whole, roomy] = [await layout(), await layout('&detail=activities'), await layout('&lines=2')];
    const first = (answer: typeof plain) => steps(answer.json)[0]?.height ?? 0;
    expect(first(whole)).toBeGreaterThan(first(plain));
    expect(first(roomy)).toBeGreaterThan(first(plain));
  });

  it.each([
    ['lines=5', 'lines'],
    ['detail=all', 'detail'],
    ['format=svg&lines=1', 'lines'],
    ['detail=steps', 'detail'],
  ])('is refused for ?%s', async (query, parameter) => {
    const { status, json } = await server.ask('GET', `/v1/processes/sales/graph?${query}`);
    expect([status, json.code, json.parameter]).toEqual([400, 'malformed-request', parameter]);
  });

  it('is the same of the file, published or not, by whoever has a key', async () => {
    const { secret } = await server.service.createKey('gu', ['guest'], {});
    const asked = { body: salesYaml, headers: { 'content-type': 'text/yaml' }, key: secret };
    const answer = await server.ask('POST', '/v1/processes/graph?lines=1', asked);
    expect([answer.status, answer.json]).toEqual([200, (await layout('&lines=1')).json]);
    const renamed = await layoutOf(salesYaml.replaceAll('sales-tools', 'tools-of-sale'));
    expect(steps(renamed.json)[1]?.step).toBe('tools-of-sale');
  });

  it('is not there for a file that has errors, whose problems are told', async () => {
    const { status, json } = await layoutOf(salesYaml.replace('owner: marketing', 'owner: marketng'));
    expect([status, json.code]).toEqual([422, 'definition-invalid']);
    expect(json.problems[0]).toMatchObject({ code: 'unknown-role', severity: 'error', line: expect.any(Number) });
    const other = await server.ask('POST', '/v1/processes/graph', { body: { yaml: salesYaml } });
    expect([other.status, other.json.code]).toEqual([415, 'unsupported-media-type']);
  });
});
