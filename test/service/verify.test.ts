import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import { canonicalJson, sha256 } from '../../src/json.ts';
import type { EventInput } from '../../src/service/types.ts';
import { BOSS, CLERK } from '../engine/process.ts';
import { databases, request, setup } from './setup.ts';

/** More than sixteen entries, after which a deal has been through most of what can happen to one. */
const eventful: readonly (readonly [EventInput, Actor])[] = [
  [
    { type: 'complete', activity: 'form', with: { staff: 40, price: 80000, secret: '王女士', due: '2026-03-01' } },
    CLERK,
  ],
  [{ type: 'complete', activity: 'pick', choices: ['a', 'c'] }, CLERK],
  [{ type: 'complete', activity: 'copy' }, CLERK],
  [{ type: 'advance' }, CLERK],
  [{ type: 'request-approval', approval: 'sign-off' }, BOSS],
  [{ type: 'override', criteria: ['build'], reason: 'agreed' }, BOSS],
  [{ type: 'hold', reason: 'waiting', until: '2026-03-01' }, BOSS],
  ...Array.from({ length: 8 }, (): [EventInput, Actor] => [{ type: 'note', text: 'x' }, CLERK]),
];

/** Paths to every value of a document that is no list or map with something in it. */
function leaves(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
}

/** With another value at a place. */
function altered(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value === 'altered' ? 'changed' : 'altered';
  if (Array.isArray(value)) return value.map((item, n) => (String(n) === name ? altered(item, rest) : item));
  const member: unknown = Reflect.get(Object(value), name);
  return { ...Object(value), [name]: altered(member, rest) };
}

type Setup = Awaited<ReturnType<typeof setup>>;

/** Three instances of three entries each. */
async function written(url: string | undefined) {
  const made = await setup(url);
  const ids = [await made.begin(), await made.begin(), await made.begin()];
  for (const id of ids) {
    await made.service.send(id, { type: 'note', text: '第一' }, request());
    await made.service.send(id, { type: 'note', text: 'second' }, request());
  }
  return { ...made, victim: ids[1] ?? '' };
}

const change =
  (column: string, alter: (value: string) => string) =>
  async ({ database, victim }: Setup & { victim: string }) => {
    const where = { instance: victim, seq: 2 };
    const row = await database.reader('history').where(where).first();
    const value = alter(row[column]);
    await database
      .writer('history')
      .where(where)
      .update({ [column]: value });
  };

describe.each(databases)('verify on %s', (_name, url) => {
  it('says that an untouched record holds', async () => {
    const { service, victim } = await written(await url());
    expect(await service.verifyInstance(victim, null)).toEqual({ ok: true, checked: 3, broken: null });
    expect(await service.verifyAll(null)).toEqual({ ok: true, checked: 9, broken: null, next: null });
  });

  it.each([
    ['one byte of a text is changed', 2, change('text', (text) => text.replace('第一', '第二'))],
    ['one digit of a hash is changed', 2, change('hash', (hash) => (hash[0] === '0' ? '1' : '0') + hash.slice(1))],
    ['a record time is changed', 2, change('recorded_at', (at) => at.replace('2026', '2025'))],
    ['a text is no JSON any more', 2, change('text', () => 'gone')],
    [
      'text and hash are changed together',
      2,
      async (made: Setup & { victim: string }) => {
        await change('text', (text) => text.replace('ada', 'eve'))(made);
        const row = await made.database.reader('history').where({ instance: made.victim, seq: 2 }).first();
        await change('hash', () => sha256(row.text))(made);
      },
    ],
    [
      'an entry is deleted from the middle',
      3,
      async ({ database, victim }: Setup & { victim: string }) => {
        await database.writer('history').where({ instance: victim, seq: 2 }).delete();
      },
    ],
    [
      'the last entry is deleted',
      2,
      async ({ database, victim }: Setup & { victim: string }) => {
        await database.writer('history').where({ instance: victim, seq: 3 }).delete();
      },
    ],
    [
      'an entry is added behind the head',
      4,
      async ({ database, victim }: Setup & { victim: string }) => {
        const row = await database.reader('history').where({ instance: victim, seq: 3 }).first();
        const text = canonicalJson({ ...JSON.parse(row.text), seq: 4, prev: row.hash });
        await database.writer('history').insert({ ...row, seq: 4, text, hash: sha256(text) });
      },
    ],
    [
      'all entries are deleted',
      0,
      async ({ database, victim }: Setup & { victim: string }) => {
        await database.writer('history').where({ instance: victim }).delete();
      },
    ],
  ])('names the row when %s', async (_what, seq, tamper) => {
    const made = await written(await url());
    await tamper(made);
    const { broken, ok } = await made.service.verifyInstance(made.victim, null);
    // Text and hash changed together fit each other, so that it is the next entry that does not follow.
    const at = _what.includes('together') ? 3 : seq;
    expect({ ok, seq: broken?.seq, instance: broken?.instance }).toEqual({ ok: false, seq: at, instance: made.victim });
    const whole = await made.service.verifyAll(null);
    expect(whole).toMatchObject({ ok: false, broken: { instance: made.victim, seq: at }, next: null });
    expect(broken?.why.zh).not.toBe('');
  });

  it.each([
    ['a fact', 'fields.staff', '"value":60', '"value":61'],
    ['the digest of a personal fact', 'fields.secret', '"digest":"sha256:', '"digest":"sha256:0'],
    ['an activity', 'activities.form', '"status":"done"', '"status":"open"'],
    ['the position', 'position', '"step":"papers"', '"step":"make"'],
  ])('finds %s changed in the document behind the history', async (_what, part, from, to) => {
    const { service, begin, database } = await setup(await url());
    const id = await begin();
    const form = { type: 'complete', activity: 'form', with: { staff: 60, price: 1, secret: 'S' } };
    await service.send(id, form, request());
    for (let n = 0; n < 16; n += 1) await service.send(id, { type: 'note', text: 'x' }, request());
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
    const { doc } = await database.reader('snapshots').where({ instance: id }).first();
    expect(doc).toContain(from);
    await database
      .writer('snapshots')
      .where({ instance: id })
      .update({ doc: doc.replace(from, to) });
    const { broken } = await service.verifyInstance(id, null);
    expect(broken?.why.en).toContain(`${part} of the instance`);
    expect((await service.verifyAll(null)).broken).toEqual(broken);
  });

  it.each([
    ['actor', { actor: 'eve' }, 'another actor than it says'],
    ['process', { process: 'other' }, 'another process than it says'],
    ['verdict', { accepted: 0 }, 'another accepted than it says'],
    ['override', { overridden: 1 }, 'another overridden than it says'],
    ['tenant', { tenant: 'acme' }, 'a search does not find this entry'],
    ['time', { recorded_at: '2020-01-01T00:00:00.000Z' }, 'a search does not find this entry'],
    ['row', null, 'a search does not find this entry'],
  ] as const)('finds the %s changed that an entry is looked for by', async (_what, to, why) => {
    const { service, database, victim } = await written(await url());
    const row = database.writer('sought').where({ instance: victim, seq: 2 });
    await (to === null ? row.delete() : row.update(to));
    const { broken } = await service.verifyInstance(victim, null);
    expect(broken).toMatchObject({ instance: victim, seq: 2 });
    expect(broken?.why.en).toContain(why);
    expect((await service.verifyAll(null)).broken).toEqual(broken);
  });

  it('finds whatever single value of the stored document is changed', async () => {
    const { service, begin, database } = await setup(await url());
    const id = await begin({ ready: true, limit: 100000, number: 'N-1' });
    for (const [event, actor] of eventful) await service.send(id, event, request(actor));
    const { doc } = await database.reader('snapshots').where({ instance: id }).first();
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
    const places = leaves(JSON.parse(doc));
    const unseen: string[] = [];
    for (const place of places) {
      const changed = JSON.stringify(altered(JSON.parse(doc), place));
      await database.writer('snapshots').where({ instance: id }).update({ doc: changed });
      const { ok } = await service.verifyInstance(id, null);
      if (ok) unseen.push(place.join('.'));
    }
    expect(unseen).toEqual([]);
    expect(places.length).toBeGreaterThan(180);
    const parts = new Set(places.map(([part]) => part));
    expect([...parts]).toEqual(
      expect.arrayContaining(['lastMove', 'rounds', 'approvals', 'overrides', 'hold', 'steps']),
    );
  });

  it.each([
    ['changed', (patch: string) => patch.replace('60', '61')],
    ['gone', () => null],
    ['of another', () => '{"reason":"x"}'],
  ])('finds a patch %s', async (_what, alter) => {
    const { service, begin, database } = await setup(await url());
    const id = await begin();
    await service.send(id, { type: 'set', fields: { staff: 60 } }, request());
    const where = { instance: id, seq: 2 };
    const { patch } = await database.reader('history').where(where).first();
    await database
      .writer('history')
      .where(where)
      .update({ patch: alter(patch) });
    const { broken } = await service.verifyInstance(id, null);
    expect(broken).toMatchObject({ instance: id, seq: 2 });
    expect(broken?.why.en).toContain('its patch is not the one that was sealed');
    expect((await service.verifyAll(null)).broken).toEqual(broken);
  });

  it.each([
    ['outcome', { outcome: 'done' }],
    ['status', { status: 'closed' }],
    ['key', { business_key: 'X' }],
    ['revision', { revision: 7 }],
    ['status', { on_hold: 1 }],
  ])('finds the column %s changed behind the history', async (part, columns) => {
    const { service, begin, database } = await setup(await url());
    const id = await begin();
    await database.writer('instances').where({ id }).update(columns);
    const { broken } = await service.verifyInstance(id, null);
    expect(broken?.why.en).toContain(`${part} of the instance`);
    expect((await service.verifyAll(null)).broken).toEqual(broken);
  });

  it('finds a personal value changed, and takes none for erased', async () => {
    const { service, store, begin, database } = await setup(await url());
    const id = await begin({ secret: 'S' });
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
    await database.writer('personal').where({ instance: id }).update({ value: '"Mallory"' });
    const { broken } = await service.verifyInstance(id, null);
    expect(broken?.why.en).toContain('fields.secret of the instance');
    expect((await service.verifyAll(null)).broken).toEqual(broken);
    await store.erasePersonal(id);
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
  });

  it('holds while the record is being written', async () => {
    const { service, begin } = await setup(await url());
    const ids = await Promise.all(Array.from({ length: 5 }, () => begin()));
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n += 1) {
        await Promise.all([begin(), ...ids.map((id) => service.send(id, { type: 'note', text: `${n}` }, request()))]);
      }
    })();
    const found: unknown[] = [];
    for (let n = 0; n < 25; n += 1) {
      found.push((await service.verifyAll(null)).broken, (await service.verifyInstance(ids[n % 5] ?? '', null)).broken);
    }
    writing = false;
    await writer;
    expect(new Set(found)).toEqual(new Set([null]));
  });

  it('pages through many instances and finds what is broken behind the first page', async () => {
    const { service, begin, database } = await setup(await url());
    const ids = await Promise.all(Array.from({ length: 600 }, () => begin()));
    let checked = 0;
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof service.verifyAll>> = await service.verifyAll(cursor);
      expect(page.ok).toBe(true);
      checked += page.checked;
      cursor = page.next;
      pages += 1;
    } while (cursor !== null);
    expect([checked, pages]).toEqual([600, 3]);
    const order = await database.reader('instances').select('bucket', 'id').orderBy(['bucket', 'id']);
    const late = order[580].id;
    expect(ids).toContain(late);
    await database
      .writer('history')
      .where({ instance: late })
      .update({ hash: '0'.repeat(64) });
    const first = await service.verifyAll(null);
    const second = await service.verifyAll(first.next);
    const third = await service.verifyAll(second.next);
    expect(third.broken).toMatchObject({ instance: late, seq: 1 });
  });
});
