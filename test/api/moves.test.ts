import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Answer, type Server, startServer } from './server.ts';

const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

let server: Server;
beforeEach(async () => {
  server = await startServer();
  await server.publish(sales);
});
afterEach(() => server.stop());

interface Offered {
  readonly type: string;
  readonly allowed: boolean;
  readonly input: { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

/** A deal, and what a client does that knows nothing but its answers. */
async function setup() {
  const started = await server.ask('POST', '/v1/instances', { body: { process: 'sales' } });
  const path = `/v1/instances/${started.json.instance.id}`;
  const offered = async (type: string): Promise<Offered> => {
    const { json } = await server.ask('GET', path);
    const found = json.actions.find((action: Offered) => action.type === type);
    if (found === undefined) throw new Error(`${type} is not offered`);
    return found;
  };
  const send = (event: object): Promise<Answer> => server.ask('POST', `${path}/events`, { body: event });
  const listed = async (status: string): Promise<readonly unknown[]> => {
    const { json } = await server.ask('GET', `/v1/instances?status=${status}`);
    return json.instances.map((instance: { id: string }) => instance.id);
  };
  return { id: started.json.instance.id, path, offered, send, listed };
}

it('a deal is held and resumed by what it offers, and listed by its status', async () => {
  const { id, offered, send, listed } = await setup();
  const { input } = await offered('hold');
  expect(input.properties.reason).toEqual({ type: 'string', enum: ['waiting-customer', 'budget-frozen'] });
  const held = await send({ type: 'hold', reason: 'waiting-customer', until: '2999-01-01' });
  expect(held.json.instance).toMatchObject({ status: 'on-hold', hold: { by: 'anna', until: '2999-01-01' } });
  expect([await listed('on-hold'), await listed('active')]).toEqual([[id], []]);
  const refused = await send({ type: 'complete', activity: 'gather' });
  expect([refused.status, refused.json.code]).toEqual([409, 'not-allowed-now']);
  expect(refused.json.detail).toContain('for: Waiting for the customer; until 2999-01-01');
  expect((await offered('resume')).allowed).toBe(true);
  expect((await send({ type: 'resume' })).json.instance).toMatchObject({ status: 'active', hold: null });
  expect([await listed('on-hold'), await listed('active')]).toEqual([[], [id]]);
});

it('a status that is none is refused with those that there are', async () => {
  const { status, json } = await server.ask('GET', '/v1/instances?status=held');
  expect([status, json.code]).toEqual([400, 'malformed-request']);
  expect(json.detail).toContain('active, on-hold, closed, quarantined');
});

it('criteria are overridden by what is offered, shown in the deal and in its history', async () => {
  const { path, offered, send } = await setup();
  const { input } = await offered('override');
  const items = Object(input.properties.criteria?.items);
  expect([input.properties.step, items.enum]).toEqual([
    { const: 'market-analysis' },
    ['gather', 'screen', 'strategy', 'class-known'],
  ]);
  const misspelt = await send({ type: 'override', step: 'market-analysis', criteria: ['clas-known'], reason: 'x' });
  expect([misspelt.status, misspelt.json.errors[0].pointer]).toEqual([422, '/criteria/0']);
  expect(misspelt.json.detail).toContain('did you mean class-known?');
  const reason = 'A key account: the board agreed';
  const made = await send({ type: 'override', step: 'market-analysis', criteria: items.enum, reason });
  expect(Object.values(made.json.instance.overrides)).toMatchObject([{ criteria: items.enum, by: 'anna', reason }]);
  await send({ type: 'override', step: 'sales-tools', criteria: ['materials', 'scripts', 'crm'], reason });
  expect((await send({ type: 'advance', step: 'market-analysis' })).json.instance.position).toEqual([
    { phase: 'follow-up', step: 'first-contact' },
  ]);
  const { json } = await server.ask('GET', `${path}/history`);
  const shown = json.entries.at(-1).verdicts.of.filter((node: object) => 'overridden' in node);
  expect(shown.map((node: { id: string }) => node.id)).toEqual(items.enum);
});

it('a move is recalled, a closed deal reopened, and both are in the history', async () => {
  const { path, offered, send } = await setup();
  await send({ type: 'override', step: 'sales-tools', criteria: ['materials', 'scripts', 'crm'], reason: 'x' });
  await send({
    type: 'override',
    step: 'market-analysis',
    criteria: ['gather', 'screen', 'strategy', 'class-known'],
    reason: 'x',
  });
  const advanced = await send({ type: 'advance', step: 'market-analysis' });
  expect((await offered('recall')).allowed).toBe(true);
  const recalled = await send({ type: 'recall' });
  expect(recalled.json.entries[0].command).toEqual({ took: advanced.json.instance.seq });
  expect(recalled.json.instance.position).toEqual([{ phase: 'preparation', step: 'market-analysis' }]);
  await send({ type: 'close', outcome: 'lost', reason: 'price' });
  expect((await offered('reopen')).allowed).toBe(true);
  const reopened = await send({ type: 'reopen', reason: 'They came back' });
  expect(reopened.json.instance).toMatchObject({ status: 'active', outcome: null, closedAt: null });
  const { json } = await server.ask('GET', `${path}/history`);
  expect(json.entries.slice(-2).map((entry: { changes: object }) => entry.changes)).toMatchObject([
    { outcome: 'lost', status: 'closed' },
    { outcome: null, status: 'active' },
  ]);
  expect((await server.ask('GET', `${path}/verify`)).json.ok).toBe(true);
});
