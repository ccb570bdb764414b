import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from './server.ts';

const SALE = `process: sale
title: { zh: 销售, en: Sale }
subject: deal
key: no
roles: { rep: { title: { zh: 销售, en: Rep } } }
fields:
  no:    { type: text, max_length: 40 }
  class: { type: choice, of: [A, B] }
  value: { type: money, currency: CNY }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  prepare:
    title: { zh: 准备, en: Prepare }
    order: any
    steps:
      call: { title: { zh: 致电, en: Call } }
      mail: { title: { zh: 邮件, en: Mail } }
  close:
    title: { zh: 收尾, en: End }
    steps: { sign: { title: { zh: 签约, en: Sign }, milestone: done } }
`;

let server: Server;
beforeAll(async () => {
  server = await startServer();
  await server.publish(SALE);
  for (const [no, of, value] of [
    ['N-1', 'A', 10],
    ['N-2', 'B', 20.5],
    ['N_3', 'A', null],
  ])
    await server.ask('POST', '/v1/instances', {
      body: { process: 'sale', fields: { no, class: of, ...(value !== null && { value }) } },
    });
});
afterAll(() => server.stop());

describe('a board', () => {
  it('counts and sums by step, with what no step is open of, and each deal once in all', async () => {
    const { json } = await server.ask('GET', '/v1/processes/sale/board');
    const sums = [{ currency: 'CNY', amount: 3050 }];
    const none = { open: 0, sums: [] };
    expect(json).toEqual({
      process: 'sale',
      version: 1,
      card: { class: 'class', amount: 'value', text: null },
      total: { open: 3, sums },
      steps: [
        { phase: 'prepare', step: 'call', ...none },
        { phase: 'prepare', step: 'mail', ...none },
        { phase: 'close', step: 'sign', ...none },
        { phase: 'prepare', step: '', open: 3, sums },
      ],
    });
    const idle = await server.ask('GET', '/v1/instances?process=sale&phase=prepare&step=&class=B');
    expect(Object.values(idle.json.cards)).toEqual([
      {
        class: { field: 'class', value: 'B', title: { zh: 'B', en: 'B' } },
        amount: { field: 'value', amount: 2050, currency: 'CNY' },
      },
    ]);
    const [first] = (await server.ask('GET', '/v1/instances?process=sale&text=n-1')).json.instances;
    for (const step of ['call', 'mail'])
      await server.ask('POST', `/v1/instances/${first.id}/events`, { body: { type: 'enter', step } });
    const now = (await server.ask('GET', '/v1/processes/sale/board?class=A&text=N')).json;
    expect([now.total.open, now.steps.map(({ open }: { open: number }) => open)]).toEqual([2, [1, 1, 0, 1]]);
  });

  it.each([
    ['/v1/processes/sale/board?sla=soonish', 'sla'],
    ['/v1/processes/sale/board?text=', 'text'],
    [`/v1/processes/sale/board?text=${'x'.repeat(101)}`, 'text'],
    ['/v1/processes/sale/board?class=a%00', 'class'],
    ['/v1/processes/sale/board?version=0', 'version'],
    ['/v1/processes/sale/board?clas=A', 'clas'],
    ['/v1/instances?process=sale&sla=never', 'sla'],
    ['/v1/instances?class=A', 'class'],
    ['/v1/instances?step=sign&text=N', 'text'],
    ['/v1/instances?version=2', 'version'],
    ['/v1/instances?process=sale&step=A', 'step'],
  ])('refuses %s and names the parameter', async (path, parameter) => {
    const { status, json } = await server.ask('GET', path);
    expect([status, json.code, json.parameter]).toEqual([400, 'malformed-request', parameter]);
  });

  it('of a version that there is none of is not found', async () => {
    expect((await server.ask('GET', '/v1/processes/sale/board?version=9')).json.code).toBe('not-found');
  });
});
