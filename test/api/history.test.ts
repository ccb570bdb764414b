import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/json.ts';
import { type Server, startServer, visitYaml } from './server.ts';

let server: Server;
let id = '';
const wicked = '=HYPERLINK("http://evil.example","看")';

beforeAll(async () => {
  server = await startServer({ exportMost: 3 });
  await server.publish(visitYaml);
  const started = await server.ask('POST', '/v1/instances', { body: { process: 'visit' } });
  id = started.json.instance.id;
  for (const text of ['王女士', '+1', 'x,"y"'])
    await server.ask('POST', `/v1/instances/${id}/events`, { body: { type: 'note', text } });
  const key = await server.makeKey(wicked, 'admin');
  await server.ask('POST', `/v1/instances/${id}/events`, { key, body: { type: 'advance' } });
});
afterAll(() => server.stop());

describe('GET /v1/history', () => {
  it('finds entries by what they say, and goes on where a page ends', async () => {
    const { json } = await server.ask('GET', '/v1/history?type=note&limit=2&process=visit');
    expect(json.entries.map(({ seq }: { seq: number }) => seq)).toEqual([4, 3]);
    expect(json.keys).toEqual({ [id]: null });
    const rest = await server.ask('GET', `/v1/history?type=note&limit=2&cursor=${json.next}`);
    expect(rest.json).toMatchObject({ entries: [{ seq: 2 }], next: null, reached: null });
    const refused = await server.ask('GET', `/v1/history?accepted=false&actor=${encodeURIComponent(wicked)}`);
    expect(refused.json.entries).toMatchObject([{ type: 'advance', accepted: false, actor: wicked }]);
  });

  it.each([
    ['types=note', 'types', 'type'],
    ['type=nots', 'type', 'note'],
    ['accepted=maybe', 'accepted', undefined],
    ['since=yesterday', 'since', undefined],
    ['instance=7', 'instance', undefined],
    ['limit=1000', 'limit', undefined],
    ['actor=', 'actor', undefined],
  ])('says which parameter of %s is wrong', async (query, parameter, suggestion) => {
    const { status, json } = await server.ask('GET', `/v1/history?${query}`);
    expect([status, json.code, json.parameter, json.suggestion]).toEqual([
      400,
      'malformed-request',
      parameter,
      suggestion,
    ]);
  });
});

describe('GET /v1/history/export', () => {
  it('hands out lines whose hashes anybody can compute, and says where it was cut', async () => {
    const { text, headers } = await server.ask('GET', '/v1/history/export?format=jsonl');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="phasegate-history-\d{8}-\d{4}\.jsonl"$/);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const cut = lines.pop();
    expect(lines.map(({ seq }) => seq)).toEqual([5, 4, 3]);
    for (const { hash, ...entry } of lines)
      expect(createHash('sha256').update(canonicalJson(entry)).digest('hex')).toBe(hash);
    expect(cut).toMatchObject({ cut: { en: expect.stringContaining('3 entries are handed out at once') } });
    const rest = await server.ask('GET', `/v1/history/export?format=jsonl&cursor=${cut.next}`);
    expect(
      rest.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([2, 1]);
  });

  it('hands out what a spreadsheet reads and runs nothing of', async () => {
    const { text } = await server.ask('GET', '/v1/history/export?format=csv&type=note');
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(head).toBe(
      'recorded_at,happened_at,process,version,key,instance,seq,type,accepted,overridden,actor,via,roles,command,refusal_code,refusal_zh,refusal_en,prev,hash',
    );
    expect(lines.map((line) => line.replaceAll(/[0-9a-f]{64}|\d{4}-[\d-]+T[\d:.]+Z/g, '*'))).toEqual(
      ['"{""text"":""x,\\""y\\""""}"', '"{""text"":""+1""}"', '"{""text"":""王女士""}"'].map(
        (command, n) => `*,*,visit,1,,${id},${4 - n},note,true,false,anna,,admin,${command},,,,*,*`,
      ),
    );
    const headers = { authorization: `Bearer ${server.key}` };
    const answer = await fetch(`${server.url}/v1/history/export?format=csv&type=note`, { headers });
    expect([...new Uint8Array(await answer.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    const refused = await server.ask('GET', '/v1/history/export?format=csv&accepted=false');
    expect(refused.text).toContain(`,advance,false,false,"'=HYPERLINK(""http://evil.example"",""看"")",,admin,`);
    const cut = await server.ask('GET', '/v1/history/export?format=csv');
    expect(cut.text.trimEnd().split('\r\n').at(-1)).toMatch(/^"?未完：一次最多导出 3 条。.* cursor=\S+$/);
  });

  it('refuses before it begins', async () => {
    for (const query of ['', '?format=xlsx', '?format=csv&type=nots', '?format=csv&limit=5']) {
      const { status, json } = await server.ask('GET', `/v1/history/export${query}`);
      expect([query, status, json.code]).toEqual([query, 400, 'malformed-request']);
    }
  });
});
