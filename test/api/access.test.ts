import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionTests } from '../../src/cli/version-tests.ts';
import type { KeyRights } from '../../src/service/index.ts';
import { GUARDED } from '../engine/guarded.ts';
import { describedOperations, filledIn } from './operations.ts';
import { type Answer, type Ask, type Server, startServer } from './server.ts';

/** Who asks. The instance is `ren`'s, of the team `east` in the tenant `main`; its process keeps teams apart. */
const people: Readonly<Record<string, readonly [actor: string, roles: readonly string[], rights: KeyRights] | null>> = {
  owner: ['ren', ['rep'], { team: 'east' }],
  team: ['cao', ['rep'], { team: 'east' }],
  across: ['ma', ['manager'], { team: 'west' }],
  otherTeam: ['xu', ['rep'], { team: 'west' }],
  noRole: ['gu', ['guest'], { team: 'east' }],
  nothing: ['ni', [], {}],
  admin: ['ada', ['admin'], {}],
  tenant: ['ren', ['rep', 'manager'], { team: 'east', tenant: 'acme' }],
  tenantAdmin: ['ada', ['admin'], { team: 'east', tenant: 'acme' }],
  stranger: null,
};

const columns = Object.keys(people);

/** What each of them is answered, in the order above. A route of the API description that is not here fails the test. */
const expected: Readonly<Record<string, readonly number[]>> = {
  //                                                 owner team across other noRole nothing admin | tenant admin | stranger
  // Who signs in is said by the body, which is none.
  'POST /v1/session': [422, 422, 422, 422, 422, 422, 422, 422, 422, 422],
  'GET /v1/session': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'DELETE /v1/session': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'POST /v1/instances': [201, 201, 403, 201, 403, 403, 201, 201, 201, 401],
  'GET /v1/instances': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/work': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/history': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/history/export': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/instances/{id}': [200, 200, 200, 403, 403, 403, 200, 404, 404, 401],
  'POST /v1/instances/{id}/events': [200, 200, 200, 403, 403, 403, 200, 404, 404, 401],
  'GET /v1/instances/{id}/history': [200, 200, 200, 403, 403, 403, 200, 404, 404, 401],
  'GET /v1/instances/{id}/sla': [200, 200, 200, 403, 403, 403, 200, 404, 404, 401],
  'GET /v1/instances/{id}/verify': [200, 200, 200, 403, 403, 403, 200, 404, 404, 401],
  // Whom the items are for is said item by item: see below.
  'POST /v1/bulk/events': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/evidence': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/evidence/{process}/{evidence}/instances': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'POST /v1/subscriptions': [403, 403, 403, 403, 403, 403, 201, 403, 201, 401],
  'GET /v1/subscriptions': [403, 403, 403, 403, 403, 403, 200, 403, 200, 401],
  'GET /v1/subscriptions/{subscription}': [403, 403, 403, 403, 403, 403, 200, 403, 404, 401],
  'POST /v1/subscriptions/{subscription}/rotate': [403, 403, 403, 403, 403, 403, 200, 403, 404, 401],
  'GET /v1/subscriptions/{subscription}/dead-letters': [403, 403, 403, 403, 403, 403, 200, 403, 404, 401],
  // There is no such message: whoever may gets to hear that.
  'POST /v1/subscriptions/{subscription}/dead-letters/{message}/resend': [
    403, 403, 403, 403, 403, 403, 404, 403, 404, 401,
  ],
  // Last of these, since then it is gone.
  'DELETE /v1/subscriptions/{subscription}': [403, 403, 403, 403, 403, 403, 200, 403, 404, 401],
  'POST /v1/signals': [202, 202, 403, 202, 403, 403, 202, 202, 202, 401],
  'GET /v1/signals': [403, 403, 403, 403, 403, 403, 200, 403, 200, 401],
  'POST /v1/signals/{receipt}/retry': [403, 403, 403, 403, 403, 403, 200, 403, 404, 401],
  // Last of these, since then it is gone.
  'DELETE /v1/signals/{receipt}': [403, 403, 403, 403, 403, 403, 200, 403, 404, 401],
  'GET /v1/keys': [403, 403, 403, 403, 403, 403, 200, 403, 200, 401],
  'POST /v1/keys': [403, 403, 403, 403, 403, 403, 201, 403, 201, 401],
  'POST /v1/keys/{key}/revoke': [403, 403, 403, 403, 403, 403, 200, 403, 404, 401],
  'GET /v1/verify': [403, 403, 403, 403, 403, 403, 200, 403, 403, 401],
  'GET /v1/processes': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'POST /v1/processes': [403, 403, 403, 403, 403, 403, 200, 403, 403, 401],
  'POST /v1/processes/check': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'POST /v1/processes/graph': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'POST /v1/processes/edit': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/processes/{process}': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'GET /v1/processes/{process}/versions/{version}': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'GET /v1/processes/{process}/versions': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'GET /v1/processes/{process}/drafts': [403, 403, 403, 403, 403, 403, 200, 403, 403, 401],
  'POST /v1/processes/{process}/drafts': [403, 403, 403, 403, 403, 403, 201, 403, 403, 401],
  // It is published: whoever may gets to hear that there is nothing to review or withdraw, and may publish it again.
  'POST /v1/processes/{process}/versions/{version}/review': [403, 403, 403, 403, 403, 403, 409, 403, 403, 401],
  'POST /v1/processes/{process}/versions/{version}/publish': [403, 403, 403, 403, 403, 403, 200, 403, 403, 401],
  'POST /v1/processes/{process}/versions/{version}/withdraw': [403, 403, 403, 403, 403, 403, 409, 403, 403, 401],
  'GET /v1/processes/{process}/board': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'GET /v1/processes/{process}/figures': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'GET /v1/processes/{process}/figures/instances': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'GET /v1/processes/{process}/graph': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'POST /v1/processes/{process}/plan': [403, 403, 403, 403, 403, 403, 200, 403, 200, 401],
  'POST /v1/processes/{process}/plan/instances': [403, 403, 403, 403, 403, 403, 200, 403, 200, 401],
  // Of another plan than the body says: whoever may gets to hear that.
  'POST /v1/processes/{process}/apply': [403, 403, 403, 403, 403, 403, 422, 403, 422, 401],
  'POST /v1/processes/{process}/revert': [403, 403, 403, 403, 403, 403, 200, 403, 200, 401],
  'GET /v1/processes/{process}/diff': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'POST /v1/processes/{process}/diff': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'POST /v1/processes/{process}/test': [200, 200, 200, 200, 403, 403, 200, 200, 200, 401],
  'POST /v1/processes/{process}/replay': [403, 403, 403, 403, 403, 403, 200, 403, 403, 401],
  'GET /v1/calendars': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/calendars/{calendar}': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/calendars/{calendar}/between': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/stream': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /v1/incidents': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  // A token that is none, whoever asks.
  'POST /v1/callbacks/{token}': [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
  'GET /v1/schedules': [200, 200, 200, 200, 200, 200, 200, 200, 200, 401],
  'GET /healthz': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /readyz': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /metrics': [403, 403, 403, 403, 403, 403, 200, 403, 403, 401],
  'GET /openapi.json': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
};

/** What reps, and nobody else, may tell by a signal. */
const SIGNALLED = `
process: bill
title: { zh: 账单, en: Bill }
subject: bill
key: bill_no
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields: { bill_no: { type: text }, amount: { type: integer } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
signals: { paid: { title: { zh: 已付款, en: Paid }, from: rep, sets: [amount] } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps: { pay: { title: { zh: 付款, en: Pay }, milestone: done } }
`;

/** An instance that there is not. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

const NO_PLAN = {
  process: 'other',
  tenant: 'main',
  base: { version: 1, digest: '' },
  to: { digest: '' },
  madeAt: '',
  moves: {},
  instances: {},
  only: null,
  counts: { open: 0, keep: 0, auto: 0, ask: 0, blocked: 0 },
  items: '',
  digest: '',
};

let told = 0;
/** What is sent; a route that is not here takes no body. */
const bodies: Readonly<Record<string, Ask>> = {
  'POST /v1/session': { body: {} },
  'POST /v1/instances': { body: { process: 'loan' } },
  'POST /v1/instances/{id}/events': { body: { type: 'note', text: 'x' } },
  'POST /v1/bulk/events': { body: { items: [{ instance: NOBODY, event: { type: 'note', text: 'x' } }] } },
  'POST /v1/subscriptions': { body: { url: 'https://example.com/hook' } },
  'POST /v1/subscriptions/{subscription}/rotate': { body: {} },
  'POST /v1/callbacks/{token}': { body: {} },
  'POST /v1/signals': {
    // Each time another, since the same would be answered as the first.
    get body() {
      told += 1;
      return { id: told, signal: 'paid', key: 'L-1', data: { amount: 5 } };
    },
  },
  'POST /v1/processes': { body: GUARDED, headers: { 'content-type': 'application/yaml' } },
  'POST /v1/processes/{process}/drafts': {
    body: {
      yaml: GUARDED.replace('subject: loan', 'subject: credit'),
      note: 'Why',
    },
  },
  'POST /v1/processes/{process}/versions/{version}/review': { body: { verdict: 'reject', comment: 'No' } },
  'POST /v1/processes/{process}/versions/{version}/publish': { body: {} },
  'POST /v1/processes/{process}/versions/{version}/withdraw': { body: {} },
  'POST /v1/keys': { body: { actor: 'somebody', roles: ['rep'] } },
  'POST /v1/processes/check': { body: GUARDED, headers: { 'content-type': 'application/yaml' } },
  'POST /v1/processes/graph': { body: GUARDED, headers: { 'content-type': 'application/yaml' } },
  'POST /v1/processes/{process}/plan': { body: { version: 1 } },
  'POST /v1/processes/{process}/plan/instances': { body: { version: 1 } },
  'POST /v1/processes/{process}/apply': { body: { plan: NO_PLAN } },
  'POST /v1/processes/{process}/revert': { body: { plan: '0'.repeat(64) } },
  'POST /v1/processes/{process}/diff': { body: { yaml: GUARDED } },
  'POST /v1/processes/{process}/test': { body: { yaml: GUARDED } },
  'POST /v1/processes/{process}/replay': { body: { yaml: GUARDED, since: '2026-01-01T00:00Z' } },
  'POST /v1/processes/edit': {
    body: { yaml: GUARDED, operations: [{ op: 'set-title', at: 'process', value: { en: 'Loan' } }] },
  },
};

/** What is asked with it. */
const queries: Readonly<Record<string, string>> = {
  'GET /v1/processes/{process}/diff': '?from=1',
  'GET /v1/history/export': '?format=jsonl',
  'GET /v1/processes/{process}/figures/instances': '?figure=started',
  'GET /v1/calendars/{calendar}/between': '?from=2026-02-13T00:00Z&to=2026-02-24T00:00Z',
};

const START = 'POST /v1/instances';
const EVENT = 'POST /v1/instances/{id}/events';

let server: Server;
const keys = new Map<string, string | null>();
let deal: Answer['json'];
let subscription = '';
let receipt = '';
let key = '';
beforeAll(async () => {
  server = await startServer({ strangersPerSecond: 1_000 }, null, undefined, { tests: versionTests });
  await server.publish(GUARDED);
  await server.publish(SIGNALLED);
  for (const [name, person] of Object.entries(people))
    keys.set(name, person === null ? null : (await server.service.createKey(...person)).secret);
  deal = (await askAs('owner', START, { headers: { 'idempotency-key': START.replace(' ', '_') } })).json.instance;
  subscription = (await askAs('admin', 'POST /v1/subscriptions')).json.id;
  receipt = (await askAs('admin', 'POST /v1/signals')).json.receipt;
  key = (await askAs('admin', 'POST /v1/keys')).json.id;
  await askAs('owner', EVENT, { headers: { 'idempotency-key': EVENT.replace(' ', '_') } });
});
afterAll(() => server.stop());

function askAs(name: string, operation: string, more: Ask = {}): Promise<Answer> {
  const [method, path] = filledIn(operation, {
    id: deal?.id ?? '',
    process: 'loan',
    version: '1',
    calendar: 'china',
    subscription,
    receipt,
    key,
  });
  const { body, headers } = bodies[operation] ?? {};
  return server.ask(method, path + (queries[operation] ?? ''), {
    key: keys.get(name) ?? null,
    body,
    headers: { ...headers, ...more.headers },
  });
}

const entries = async (): Promise<Answer['json'][]> =>
  (await askAs('admin', 'GET /v1/instances/{id}/history')).json.entries;

describe('who may', () => {
  it('is said of every route of the API description', () => {
    expect(Object.keys(expected).sort()).toEqual([...describedOperations()].sort());
    expect(Object.values(expected).filter(({ length }) => length !== columns.length)).toEqual([]);
  });

  it.each(Object.entries(expected))('%s', async (operation, statuses) => {
    const found: Record<string, number> = {};
    for (const name of columns) found[name] = (await askAs(name, operation)).status;
    expect(found).toEqual(Object.fromEntries(columns.map((name, n) => [name, statuses[n]])));
  });

  it.each([false, true])('is said of each item of a bulk as of the same event alone, dry run %s', async (dryRun) => {
    const found: number[] = [];
    for (const name of columns.slice(0, -1)) {
      const body = { dryRun, items: [{ instance: deal.id, event: { type: 'note', text: 'x' } }] };
      const answer = await server.ask('POST', '/v1/bulk/events', { key: keys.get(name) ?? null, body });
      found.push(answer.json.results[0].status);
    }
    expect(found).toEqual(expected[EVENT]?.slice(0, -1));
  });

  it('is answered by codes, with the roles that could', async () => {
    const route = 'GET /v1/instances/{id}';
    expect((await askAs('otherTeam', route)).json).toMatchObject({
      code: 'role-required',
      roles: ['manager', 'finance'],
    });
    expect((await askAs('noRole', route)).json).toMatchObject({
      code: 'role-required',
      roles: ['rep', 'finance', 'manager', 'reader'],
    });
    expect((await askAs('tenantAdmin', route)).json).toMatchObject({ code: 'not-found' });
    expect((await askAs('tenantAdmin', 'GET /metrics')).json).toMatchObject({
      code: 'role-required',
      roles: ['admin'],
    });
  });

  it('is recorded where it was refused within the tenant, and nowhere for another', async () => {
    const before = (await entries()).length;
    for (const name of columns) await askAs(name, 'POST /v1/instances/{id}/events');
    const made = (await entries()).slice(before);
    expect(made.map(({ actor, tenant, accepted }) => [actor, tenant, accepted])).toEqual([
      ['ren', 'main', true],
      ['cao', 'main', true],
      ['ma', 'main', true],
      ['xu', 'main', false],
      ['gu', 'main', false],
      ['ni', 'main', false],
      ['ada', 'main', true],
    ]);
  });

  it('leaves out of the lists what may not be seen', async () => {
    for (const query of ['', '?process=loan', '?owner=ren', '?step=apply', '?phase=all&status=active', '?owner=ada']) {
      const seen: Record<string, boolean> = {};
      for (const name of columns.filter((column) => column !== 'stranger')) {
        const key = keys.get(name) ?? null;
        const { json } = await server.ask('GET', `/v1/instances${query}`, { key });
        seen[name] = json.instances.some(({ id }: { id: string }) => id === deal.id);
        const tenants = new Set(json.instances.map(({ tenant }: { tenant: string }) => tenant));
        expect([...tenants].filter((tenant) => tenant !== (name.startsWith('tenant') ? 'acme' : 'main'))).toEqual([]);
      }
      const others = { otherTeam: false, noRole: false, nothing: false, tenant: false, tenantAdmin: false };
      const own = query !== '?owner=ada';
      expect(seen, query).toEqual({ owner: own, team: own, across: own, admin: own, ...others });
    }
  });
});

describe('another tenant', () => {
  it.each(describedOperations())('learns nothing from %s', async (operation) => {
    const before = (await entries()).length;
    for (const name of ['tenant', 'tenantAdmin']) {
      // Under the very key that the first such request, by an actor of the same name, had.
      const answer = await askAs(name, operation, { headers: { 'idempotency-key': operation.replaceAll(' ', '_') } });
      if (operation.includes('{id}')) expect([answer.status, answer.json.code]).toEqual([404, 'not-found']);
      const told = JSON.stringify([answer.text, [...answer.headers]]);
      expect(told.replaceAll(`"instance":"/v1/instances/${deal.id}`, '').includes(deal.id)).toBe(
        operation.includes('{id}') && told.includes(`there is no instance ${deal.id}`),
      );
      expect(answer.headers.get('idempotency-replayed')).toBeNull();
    }
    expect(await entries()).toHaveLength(before);
  });

  it('is told the same of what is not its own and of what is not there', async () => {
    const absent = '019c5a3e-7f00-7c1e-9a51-5f3ad1f2b6c4';
    const key = keys.get('tenantAdmin') ?? null;
    for (const suffix of ['', '/history', '/verify']) {
      const [one, other] = await Promise.all(
        [deal.id, absent].map(async (id) => {
          const answer = await server.ask('GET', `/v1/instances/${id}${suffix}`, {
            key,
            headers: { 'x-request-id': 'r' },
          });
          return [answer.status, answer.text.replaceAll(id, 'ID')];
        }),
      );
      expect(one).toEqual(other);
    }
  });
});
