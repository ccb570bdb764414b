import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random, valueFor } from '../engine/random.ts';
import { SIDE } from '../engine/side.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
  await server.publish(SIDE);
});
afterAll(() => server.stop());

const start = async (fields: Record<string, unknown>) =>
  (await server.ask('POST', '/v1/instances', { body: { process: 'side', fields } })).json.instance.id;
const send = (id: string, body: unknown) => server.ask('POST', `/v1/instances/${id}/events`, { body });

const ONWARD = ['complete', 'skip', 'enter', 'advance', 'repeat'];

interface Offered {
  readonly type: string;
  readonly allowed: boolean;
  readonly input: Readonly<Record<string, unknown>>;
}

const isSet = ({ type }: Offered) => type === 'set';

describe('work side by side over HTTP', () => {
  it('is done to its end by a client that knows only what the actions say', async () => {
    const r = random(7);
    const done = new Set<string>();
    for (let deal = 0; deal < 6; deal += 1) {
      const id = await start({ score: 30 + deal * 10, urgent: deal % 2 === 0 });
      for (let event = 0; event < 60; event += 1) {
        const { json } = await server.ask('GET', `/v1/instances/${id}`);
        if (json.status === 'closed') break;
        const allowed = json.actions.filter((action: Offered) => action.allowed);
        const onward = allowed.filter(({ type }: Offered) => ONWARD.includes(type));
        const action: Offered = r.pick(onward.length > 0 ? onward : allowed.filter(isSet));
        const answer = await send(id, valueFor(action.input, r));
        expect(answer.status, answer.text).toBe(200);
        done.add(action.type);
      }
    }
    expect([...done].sort()).toEqual(expect.arrayContaining(['advance', 'complete', 'enter', 'repeat', 'skip']));
  });

  it('is shown with what waits, what is not needed, and its rounds', async () => {
    const id = await start({ score: 30, urgent: false });
    await send(id, { type: 'enter', step: 'look' });
    const { json } = await send(id, { type: 'advance', step: 'look' });
    expect(json.instance).toMatchObject({
      position: [],
      waiting: [
        { phase: 'gather', step: 'ask' },
        { phase: 'gather', step: 'read' },
      ],
    });
    await send(id, { type: 'enter', step: 'ask' });
    const shown = await server.ask('GET', `/v1/instances/${id}`);
    expect(shown.json.records.steps.look.rounds).toMatchObject([{ round: 1, ended: 'done', activities: [] }]);
    const other = await start({ score: 30, urgent: false });
    const entered = await send(other, { type: 'enter', step: 'look' });
    expect(entered.json.instance.activities).toEqual({ visit: 'not-needed' });
  });

  it('is refused with the reasons in both languages', async () => {
    const id = await start({});
    const shut = await send(id, { type: 'enter', step: 'read' });
    expect(shut.status).toBe(409);
    expect(shut.json).toMatchObject({ code: 'gate-shut', missing: [{ kind: 'field', id: 'score' }] });
    const language = { headers: { 'accept-language': 'zh' }, body: { type: 'repeat', step: 'ask' } };
    const waiting = await server.ask('POST', `/v1/instances/${id}/events`, language);
    expect(waiting.json).toMatchObject({ code: 'not-allowed-now', detail: expect.stringContaining('现在位于 gather') });
    expect((await send(id, { type: 'skip', reason: 'x' })).status).toBe(422);
  });
});
