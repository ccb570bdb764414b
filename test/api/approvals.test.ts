import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Server, startServer, visitYaml } from './server.ts';

let server: Server;
beforeEach(async () => {
  server = await startServer();
  await server.publish(approvedVisit);
});
afterEach(() => server.stop());

/** The visit with somebody to agree to its score: two of three, one after the other. */
const approvedVisit = visitYaml
  .replace('roles:\n', 'roles:\n  manager: { title: { zh: 经理, en: Manager }, held_by: [mei] }\n')
  .replace('outcomes:\n', 'substitutes: [{ for: mei, by: wang, from: 2020-01-01, until: 2099-12-31 }]\noutcomes:\n')
  .replace(
    '        exit:\n          good-enough',
    `        approvals:
          result:
            title: { zh: 结果审批, en: Approval of the result }
            of: score
            bands: [{ up_to: 90, by: [manager, { actor: lea }], order: sequence }, { by: { actor: lea } }]
            exclude: [requester]
        exit:
          good-enough`,
  );

async function atRate() {
  const { json } = await server.ask('POST', '/v1/instances', { body: { process: 'visit', fields: { score: 80 } } });
  const path = `/v1/instances/${json.instance.id}`;
  const send = (event: object, key = server.key) => server.ask('POST', `${path}/events`, { body: event, key });
  await send({ type: 'complete', activity: 'agree', choices: ['phone'] });
  await send({ type: 'advance' });
  await send({ type: 'complete', activity: 'ask' });
  return { path, send, read: (key: string) => server.ask('GET', path, { key }) };
}

describe('an approval over HTTP', () => {
  it('is asked for, reassigned, given for somebody else, and passed by nothing but the answers', async () => {
    const { send, read } = await atRate();
    const rep = await server.makeKey('ben', 'rep');
    const wang = await server.makeKey('wang');
    const lea = await server.makeKey('lea');
    const kim = await server.makeKey('kim');
    const asked = await send({ type: 'advance' }, rep);
    expect([asked.status, asked.json.code]).toEqual([409, 'approval-requested']);
    expect(asked.json.missing).toEqual([
      {
        kind: 'approval',
        id: 'result',
        title: { zh: '结果审批', en: 'Approval of the result' },
        activities: [],
        roles: ['manager'],
        actors: ['wang'],
      },
    ]);
    const offered = async (key: string, type: string): Promise<Answer['json']> => {
      const { json } = await read(key);
      return json.actions.find((action: Answer['json']) => action.type === type && action.allowed);
    };
    const turn = await offered(lea, 'reassign');
    expect(turn).toMatchObject({ approval: 'result', from: 'lea', roles: [], actors: ['lea'] });
    expect(
      (await send({ type: 'reassign', approval: turn.approval, from: turn.from, to: 'kim', comment: 'away' }, lea))
        .status,
    ).toBe(200);
    expect((await send({ type: 'approve', approval: 'result' }, kim)).json.code).toBe('approval-turn');
    expect(await offered(kim, 'approve')).toBeUndefined();
    const first = await send({ type: (await offered(wang, 'approve')).type, approval: 'result' }, wang);
    expect(first.json.instance.approvals).toEqual({ result: 'requested' });
    expect((await send({ type: 'reject', approval: 'result' }, kim)).json.errors).toMatchObject([
      { pointer: '/comment' },
    ]);
    expect((await send({ type: 'approve', approval: 'result' }, kim)).json.instance.approvals).toEqual({
      result: 'approved',
    });
    const { json } = await read(rep);
    expect(json.records.approvals.result.turns).toMatchObject([
      { role: 'manager', decision: { by: 'wang', for: 'mei' } },
      { actor: 'kim', from: 'lea', decision: { by: 'kim', for: null } },
    ]);
    expect((await send({ type: 'advance' }, rep)).json.instance).toMatchObject({ status: 'closed', outcome: 'held' });
  });

  it.each([
    ['own request', ['request-approval', 'approve'], 'approval-own-request', 409],
    ['nothing asked', ['approve'], 'approval-not-requested', 409],
    ['withdrawn', ['request-approval', 'withdraw', 'approve'], 'approval-withdrawn', 409],
    ['asked twice', ['request-approval', 'request-approval'], 'approval-requested', 409],
  ])('refuses by its own code: %s', async (_what, types, code, status) => {
    const { send } = await atRate();
    const answers = [];
    for (const type of types) answers.push(await send({ type, approval: 'result' }));
    expect([answers.at(-1)?.status, answers.at(-1)?.json.code]).toEqual([status, code]);
  });

  it('tells a stranger who decides', async () => {
    const { send } = await atRate();
    await send({ type: 'request-approval', approval: 'result' });
    const { status, json } = await send({ type: 'approve', approval: 'result' }, await server.makeKey('zoe', 'rep'));
    expect([status, json.code, json.detail]).toEqual([
      403,
      'role-required',
      'manager or lea or wang decides; zoe holds rep',
    ]);
  });
});
