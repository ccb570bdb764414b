import { expect, it } from 'vitest';
import { runCli, serveHere } from './testing-cli.ts';

const ORDER = `
process: order
title: { zh: 订单, en: Order }
subject: order
key: number
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields: { number: { type: text, title: { zh: 编号, en: Number } } }
outcomes: { placed: { title: { zh: 已下单, en: Placed } } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      place:
        title: { zh: 下单, en: Place }
        owner: rep
        activities: { place: { title: { zh: 下单, en: Place it }, call: { service: supplier, tries: 1 } } }
        milestone: placed
`;

it('prints what failed, why, and what can be done about it', async () => {
  const { url, env } = await serveHere();
  const post = async (path: string, body: string, type = 'application/json') => {
    const headers = { authorization: `Bearer ${env.PHASEGATE_KEY}`, 'content-type': type };
    const response = await fetch(url + path, { method: 'POST', headers, body });
    expect(response.ok).toBe(true);
    return (await response.json()) as { instance: { id: string } };
  };
  await post('/v1/processes', ORDER, 'application/yaml');
  expect(await runCli(['incidents'], env)).toMatchObject({ code: 0, out: 'Nothing waits to be seen to\n' });
  const { instance } = await post('/v1/instances', JSON.stringify({ process: 'order', key: 'O-7' }));
  const failure = { type: 'fail-call', activity: 'place', reason: 'Out of stock' };
  await post(`/v1/instances/${instance.id}/events`, JSON.stringify(failure));
  const { out } = await runCli(['incidents'], env);
  const [head, row] = out.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(head).toEqual(['since', 'process', 'instance', 'step', 'what', 'why', 'remedy']);
  expect(row?.slice(1)).toEqual(['order', 'O-7', 'place', 'place (supplier)', 'Out of stock', 'retry-call, complete']);
  expect((await runCli(['incidents', '--lang', 'zh'], env)).out).toMatch(/^自 +流程 +实例 +环节 +故障 +原因 +处理\n/);
  expect(JSON.parse((await runCli(['incidents', '--json'], env)).out)).toMatchObject({ step: 'place' });
});
