import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FieldRecord, Instance } from '../../src/engine/types.ts';
import { documentOf, patchOf, snapshotOf } from '../../src/service/snapshot.ts';
import { compiled, SMALL } from '../engine/process.ts';
import { walk } from '../engine/walk.ts';
import { databases, refusal, request, setup } from './setup.ts';

const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

/** What of an instance must come back from its document. */
function documented(instance: Instance): object {
  const { id: _, revision, seq, updatedAt, ...rest } = instance;
  const hidden = (record: FieldRecord) => (record.digest === null ? record : { ...record, value: null });
  return {
    ...rest,
    fields: Object.fromEntries(Object.entries(rest.fields).map(([id, record]) => [id, hidden(record)])),
  };
}

describe.each([
  ['small', SMALL],
  ['sales', sales],
])('documents of %s', (_name, yaml) => {
  it('come back whole from a snapshot and the patches since, in 600 random states', () => {
    let last: Instance | null = null;
    let stored = { snapshot: '', patches: '' };
    let patched = 0;
    walk(compiled(yaml), 600, 7, (instance) => {
      if (last === null || instance.revision === 1) stored = { snapshot: snapshotOf(instance), patches: '' };
      else {
        const patch = patchOf(last, instance);
        const { snapshot, patches } = stored;
        stored = { snapshot, patches: [patches, patch].filter(Boolean).join(',') };
        patched += 1;
      }
      last = instance;
      expect(documentOf(stored)).toEqual(documented(instance));
    });
    expect(patched).toBeGreaterThan(400);
  });
});

it('a patch holds what is new and nothing else', () => {
  let last: Instance | null = null;
  let small = 0;
  walk(compiled(sales), 200, 8, (instance) => {
    if (last !== null && instance.revision > 1) {
      const [patch, whole] = [patchOf(last, instance) ?? '', snapshotOf(instance)];
      if (patch.length * 3 < whole.length) small += 1;
    }
    last = instance;
  });
  expect(small).toBeGreaterThan(100);
  expect(last === null ? 'none' : patchOf(last, { ...Object(last), seq: 99 })).toBeNull();
});

describe.each(databases)('an instance on %s', (_name, url) => {
  it('is written in whole every sixteen entries, refused ones counted, and read back as it was answered', async () => {
    const { service, begin, database } = await setup(await url());
    const id = await begin();
    const seqs = new Set<number>();
    for (let n = 2; n <= 40; n += 1) {
      if (n % 5 === 0) await refusal(service.send(id, { type: 'advance', step: 'intake' }, request()));
      else {
        const event = { type: 'set', fields: { staff: n, secret: `S${n}` } };
        const { instance } = await service.send(id, event, request());
        const { records: _, actions: __, evidence: ___, ...stored } = await service.getInstance(id, request().actor);
        expect(stored).toEqual(instance);
        expect(stored.fields).toMatchObject({ staff: n, secret: `S${n}` });
      }
      seqs.add((await database.reader('snapshots').where({ instance: id }).first())?.seq ?? 0);
    }
    expect([...seqs]).toEqual([0, 16, 32]);
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true, checked: 40 });
  });
});
