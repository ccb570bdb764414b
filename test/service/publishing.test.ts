import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import type { Service, ServiceOptions, VersionName, VersionStanding, VersionTests } from '../../src/service/index.ts';
import { possibleActs, standingOf } from '../../src/service/version-standing.ts';
import type { Act } from '../../src/store/types.ts';
import { ADMIN, actor, BOSS, DEPUTY, SMALL } from '../engine/process.ts';
import { freshPostgres } from '../postgres.ts';
import { databases, node, refusal, request, setup } from './setup.ts';

const EASIER = SMALL.replace('staff >= 50', 'staff >= 40');
const EASIEST = SMALL.replace('staff >= 50', 'staff >= 30');
const START = '2026-02-13T09:30:00.000Z';
const LATER = '2026-02-20T00:00:00.000Z';
const DAY_MS = 24 * 60 * 60_000;
const two: VersionName = { process: 'small', version: 2 };

const by = (who: Actor, given: Record<string, unknown> = {}, ifMatch: number | null = null) => ({
  given,
  ifMatch,
  actor: who,
});
const approval = by(DEPUTY, { verdict: 'approve', comment: 'Sensible' });
const rejection = by(DEPUTY, { verdict: 'reject', comment: 'Too easy' });

const drafted = (service: Service, yaml = EASIER, who = ADMIN, more: Record<string, unknown> = {}) =>
  service.draft('small', { yaml, note: 'Fewer people suffice', ...more }, who);

async function newestOf(service: Service): Promise<number> {
  return (await service.getProcess('small', null, ADMIN)).version;
}

async function versionOf(service: Service, version = 2) {
  const { versions } = await service.listVersions('small', { draftsOnly: false, cursor: null, limit: 50 }, ADMIN);
  return versions.find((one) => one.version === version);
}

/** Brings version 2 to a standing. */
const ways: Readonly<Record<Exclude<VersionStanding, 'new'>, (service: Service) => Promise<unknown>>> = {
  draft: (service) => drafted(service),
  async reviewed(service) {
    await drafted(service);
    await service.review(two, approval);
  },
  async rejected(service) {
    await drafted(service);
    await service.review(two, rejection);
  },
  async withdrawn(service) {
    await drafted(service);
    await service.withdraw(two, by(ADMIN));
  },
  async scheduled(service) {
    await ways.reviewed(service);
    await service.publishVersion(two, by(ADMIN, { effectiveAt: LATER }));
  },
  async published(service) {
    await ways.reviewed(service);
    await service.publishVersion(two, by(ADMIN));
  },
};

/** Each by somebody, and with words, that nothing was done with before. */
const acts: Readonly<Record<Act, (service: Service) => Promise<unknown>>> = {
  draft: (service) => drafted(service, EASIER, BOB),
  approve: (service) => service.review(two, by(BOB, { verdict: 'approve', comment: 'Yes' })),
  reject: (service) => service.review(two, by(BOB, { verdict: 'reject', comment: 'No' })),
  publish: (service) => service.publishVersion(two, by(BOB, { note: 'Now' })),
  withdraw: (service) => service.withdraw(two, by(BOB, { note: 'Not yet' })),
};
const BOB = actor('bob', 'admin');

const next: Readonly<Record<Act, VersionStanding>> = {
  draft: 'draft',
  approve: 'reviewed',
  reject: 'rejected',
  publish: 'published',
  withdraw: 'withdrawn',
};

describe('a version', () => {
  const standings = Object.keys(ways) as readonly (keyof typeof ways)[];
  const cases = standings.flatMap((standing) =>
    (Object.keys(acts) as readonly Act[]).map((act) => [standing, act] as const),
  );

  it.each(cases)('that is %s can be asked to %s as the table says, and no more', async (standing, act) => {
    const { service } = await setup(undefined, { review: 'off' });
    await ways[standing](service);
    expect((await versionOf(service))?.standing).toBe(standing);
    const before = (await versionOf(service))?.record;
    if (possibleActs[standing].includes(act)) {
      await acts[act](service);
      expect((await versionOf(service))?.standing).toBe(next[act]);
      expect((await versionOf(service))?.record).toHaveLength((before?.length ?? 0) + 1);
      return;
    }
    expect(await refusal(acts[act](service))).toMatchObject({
      code: 'not-allowed-now',
      extra: { standing, acts: possibleActs[standing] },
    });
    expect((await versionOf(service))?.record).toEqual(before);
  });

  it('can be asked what the guide of owners says', () => {
    const guide = readFileSync(new URL('../../processes/README.md', import.meta.url), 'utf8');
    const chapter = guide.split('\n## ').find((one) => one.startsWith('Draft, review, publish')) ?? '';
    const rows = chapter.matchAll(/^\| `(\w+)` +\|[^|]*\| ([^|]*)\|$/gm);
    const told = [...rows].map(([, standing, words = '']) => [standing, words.match(/`\w+`/g) ?? []]);
    const wanted = standings.map((standing) => [standing, possibleActs[standing].map((act) => `\`${act}\``)]);
    expect(told).toEqual(wanted);
  });

  it('that was in effect before a withdrawal of its return is published again', () => {
    const line = (act: Act, at: string, effectiveAt: string | null = null) => ({ act, at, effectiveAt });
    const record = [line('publish', START, START), line('publish', START, LATER), line('withdraw', START)];
    expect([1, 2, 3].map((n) => standingOf(record.slice(0, n), START))).toEqual([
      'published',
      'scheduled',
      'published',
    ]);
    expect(standingOf(record.slice(0, 2), LATER)).toBe('published');
  });
});

describe.each(databases)('drafting, reviewing and publishing on %s', (_name, fresh) => {
  const governed = async (more: Partial<ServiceOptions> = {}) => setup(await fresh(), { review: 'four-eyes', ...more });

  it('takes two people, and is recorded word for word', async () => {
    const { service, clock } = await governed();
    const words = { hypothesis: 'More cases are graded', metric: 'Share of graded cases +10 %' };
    const made = await drafted(service, EASIER, ADMIN, words);
    expect(made).toMatchObject({ created: true, version: { version: 2, standing: 'draft', isNewest: false } });
    clock.move(1_000);
    expect(await refusal(service.publishVersion(two, by(DEPUTY)))).toMatchObject({
      code: 'review-required',
      extra: { version: 2, author: ADMIN.id },
    });
    expect(await refusal(service.review(two, { ...approval, actor: ADMIN }))).toMatchObject({
      code: 'approval-own-request',
    });
    await service.review(two, approval);
    clock.move(1_000);
    await service.publishVersion(two, by(ADMIN, { note: 'As agreed' }));
    const at = (seconds: number) => `2026-02-13T09:30:0${seconds}.000Z`;
    const nothing = { via: null, note: null, hypothesis: null, metric: null, effectiveAt: null };
    const rest = { isForced: false, tests: null };
    expect(await versionOf(service)).toEqual({
      process: 'small',
      version: 2,
      digest: made.version.digest,
      standing: 'published',
      isNewest: true,
      revision: 4,
      author: ADMIN.id,
      note: 'Fewer people suffice',
      ...words,
      effectiveAt: at(2),
      instances: { open: 0, closed: 0 },
      record: [
        {
          ...nothing,
          seq: 2,
          act: 'draft',
          at: at(0),
          actor: ADMIN.id,
          note: 'Fewer people suffice',
          ...words,
          ...rest,
        },
        { ...nothing, seq: 3, act: 'approve', at: at(1), actor: DEPUTY.id, note: 'Sensible', ...rest },
        {
          ...nothing,
          seq: 4,
          act: 'publish',
          at: at(2),
          actor: ADMIN.id,
          note: 'As agreed',
          effectiveAt: at(2),
          ...rest,
        },
      ],
    });
    expect(await versionOf(service, 1)).toMatchObject({ standing: 'published', isNewest: false, author: ADMIN.id });
  });

  it('is for operators alone', async () => {
    const { service } = await governed();
    const elsewhere = { ...ADMIN, tenant: 'acme' };
    await drafted(service);
    for (const who of [BOSS, elsewhere]) {
      const tries = [
        () => drafted(service, EASIEST, who),
        () => service.review(two, { ...approval, actor: who }),
        () => service.publishVersion(two, by(who)),
        () => service.withdraw(two, by(who)),
        () => service.publish(EASIEST, who),
        () => service.listVersions('small', { draftsOnly: true, cursor: null, limit: 9 }, who),
      ];
      for (const attempt of tries) expect(await refusal(attempt())).toMatchObject({ code: 'role-required' });
    }
  });

  it('publishes nothing at once, but what whoever runs the server has in its folder', async () => {
    const { service } = await governed();
    expect(await refusal(service.publish(EASIER, ADMIN))).toMatchObject({ code: 'review-required' });
    expect(await service.publishOwn(EASIER, ADMIN)).toMatchObject({ version: 2, standing: 'published' });
    expect((await versionOf(service))?.record).toMatchObject([{ act: 'publish', actor: ADMIN.id }]);
    // A file that says what was before is no way back: a server that starts does not undo what was published since.
    expect(await service.publishOwn(SMALL, ADMIN)).toMatchObject({ version: 1, created: false, standing: 'published' });
    expect(await newestOf(service)).toBe(2);
  });

  it('publishes nothing that was drafted but as that version, also where nobody has to review', async () => {
    const { service } = await setup(await fresh(), { review: 'off' });
    await drafted(service);
    for (const standing of ['draft', 'rejected', 'withdrawn'] as const) {
      if (standing === 'rejected') await service.review(two, rejection);
      if (standing === 'withdrawn') await service.withdraw(two, by(ADMIN, { note: 'Not now' }));
      expect(await refusal(service.publish(EASIER, ADMIN))).toMatchObject({
        code: 'not-allowed-now',
        detail: { en: expect.stringContaining(standing === 'draft' ? 'phasegate publish small@2' : 'now it can be') },
        extra: { standing },
      });
      expect(await newestOf(service)).toBe(1);
    }
  });

  it('leaves a file of the folder that somebody has drafted as it stands', async () => {
    const { service } = await governed();
    for (const standing of ['draft', 'rejected'] as const) {
      if (standing === 'draft') await ways.draft(service);
      else await service.review(two, rejection);
      expect(await service.publishOwn(EASIER, ADMIN)).toMatchObject({ version: 2, created: false, standing });
      expect(await newestOf(service)).toBe(1);
    }
  });

  it('hides a draft from all that asks for the newest version', async () => {
    const { service, store, clock, begin } = await governed();
    const scheduledDraft = EASIER.replace('key: number\n', 'schedule: { cron: "0 18 * * *" }\n');
    await drafted(service, scheduledDraft);
    await service.draft('other', { yaml: SMALL.replace('process: small', 'process: other'), note: 'New' }, ADMIN);
    expect(await newestOf(service)).toBe(1);
    expect((await service.getProcess('small', null, ADMIN)).versions).toEqual([1]);
    expect(await service.listProcesses(ADMIN)).toMatchObject([{ process: 'small', version: 1, publishedBy: ADMIN.id }]);
    expect(await service.listSchedules(ADMIN)).toEqual([]);
    expect((await store.loadInstances([await begin()]))[0]?.version).toBe(1);
    expect(await refusal(service.start({ process: 'other' }, request()))).toMatchObject({ code: 'not-found' });
    expect(await refusal(service.start({ process: 'small', version: 2 }, request()))).toMatchObject({
      code: 'not-allowed-now',
    });
    expect(await refusal(service.getProcess('small', 2, BOSS))).toMatchObject({ code: 'not-found' });
    expect(await service.getProcess('small', 2, ADMIN)).toMatchObject({
      standing: 'draft',
      publishedAt: null,
      publishedBy: null,
      tests: null,
    });
    const seen = await service.listVersions('small', { draftsOnly: false, cursor: null, limit: 9 }, BOSS);
    expect(seen.versions.map(({ version, instances }) => [version, instances])).toEqual([[1, null]]);
    clock.move(2 * DAY_MS);
    expect(await service.runSchedules()).toMatchObject({ started: 0 });
  });

  it('comes into effect by time alone, to the millisecond', async () => {
    const { service, clock, begin } = await governed();
    await ways.scheduled(service);
    expect(await versionOf(service)).toMatchObject({ standing: 'scheduled', isNewest: false, effectiveAt: LATER });
    const versionNow = async () => (await service.getInstance(await begin(), ADMIN)).version;
    const last = Date.parse(LATER) - Date.parse(START) - 1;
    clock.move(last);
    expect(await versionNow()).toBe(1);
    clock.move(1);
    expect(await versionNow()).toBe(2);
    expect(await versionOf(service)).toMatchObject({ standing: 'published', isNewest: true, effectiveAt: LATER });
  });

  it.each([
    ['withdrawn', {}, 1],
    ['given another time', { effectiveAt: '2026-03-01T08:00+08:00' }, 1],
    ['published at once', {}, 2],
  ] as const)('can be %s before it is in effect', async (what, given, newest) => {
    const { service, clock } = await governed();
    await ways.scheduled(service);
    if (what === 'withdrawn') await service.withdraw(two, by(ADMIN));
    else await service.publishVersion(two, by(ADMIN, given));
    clock.move(Date.parse(LATER) - Date.parse(START));
    expect(await newestOf(service)).toBe(newest);
  });

  it('goes back to a version that was in effect, without a review and on the record', async () => {
    const { service, clock } = await governed();
    await ways.published(service);
    expect(await newestOf(service)).toBe(2);
    const back = by(DEPUTY, { note: 'Too many were graded' });
    const one = { process: 'small', version: 1 };
    expect(await service.publishVersion(one, back)).toMatchObject({ version: 1, isNewest: true });
    expect(await newestOf(service)).toBe(1);
    // Said twice, it is done once.
    const again = await service.publishVersion(one, back);
    expect(again.record.map(({ act, note }) => [act, note])).toEqual([
      ['publish', null],
      ['publish', 'Too many were graded'],
    ]);
    clock.move(1_000);
    await service.publishVersion(two, by(DEPUTY));
    expect(await newestOf(service)).toBe(2);
    await service.publishVersion(one, back);
    expect(await newestOf(service)).toBe(1);
  });

  it('asks for a new review of what is drafted anew', async () => {
    const { service } = await governed();
    await ways.reviewed(service);
    // The same words again change nothing; others are to be reviewed, by neither author.
    expect(await drafted(service)).toMatchObject({ created: false, version: { standing: 'reviewed' } });
    expect(await drafted(service, EASIER, BOB)).toMatchObject({ created: true, version: { standing: 'draft' } });
    for (const author of [ADMIN, BOB])
      expect(await refusal(service.review(two, { ...approval, actor: author }))).toMatchObject({
        code: 'approval-own-request',
      });
    await service.review(two, approval);
    expect(await service.publishVersion(two, by(BOB))).toMatchObject({ standing: 'published' });
  });

  it('refuses what was decided on something else', async () => {
    const { service } = await governed();
    const { version } = await drafted(service);
    expect(version.revision).toBe(2);
    await service.withdraw(two, by(ADMIN, {}, 2));
    expect(await refusal(service.review(two, { ...approval, ifMatch: 2 }))).toMatchObject({
      code: 'revision-stale',
      extra: { revision: 3 },
    });
    expect(await refusal(service.review(two, approval))).toMatchObject({
      code: 'not-allowed-now',
      detail: {
        en: `version 2 of small is withdrawn (ada, ${START}) and cannot be approved; now it can be drafted again`,
      },
    });
    expect(await refusal(service.review({ process: 'small', version: 7 }, approval))).toMatchObject({
      code: 'not-found',
    });
  });

  it.each([
    ['the past', { effectiveAt: '2026-02-13T09:29Z' }, '/effectiveAt'],
    ['now', { effectiveAt: START }, '/effectiveAt'],
    ['no zone', { effectiveAt: '2026-12-01T00:00' }, '/effectiveAt'],
    ['no word', { force: 'yes' }, '/force'],
    ['too long a note', { note: 'x'.repeat(2_001) }, '/note'],
    ['a slip', { effectveAt: LATER }, '/effectveAt'],
  ])('takes no %s for publishing', async (_what, given, pointer) => {
    const { service } = await governed();
    await ways.reviewed(service);
    const error = await refusal(service.publishVersion(two, by(ADMIN, given)));
    expect([error.code, error.extra.errors]).toMatchObject(['invalid-input', [{ pointer }]]);
  });

  it.each([
    ['another process', { yaml: SMALL.replace('process: small', 'process: smal') }, 'invalid-input'],
    ['a file with errors', { yaml: SMALL.replace('owner: boss', 'owner: bos') }, 'definition-invalid'],
    ['no reason', { note: ' ' }, 'invalid-input'],
    ['no file', { yaml: undefined }, 'invalid-input'],
    ['tests beyond all bounds', { tests: 'x'.repeat(256 * 1024 + 1) }, 'invalid-input'],
    ['content that is published', { yaml: SMALL }, 'not-allowed-now'],
  ])('takes no draft of %s', async (_what, given, code) => {
    const { service } = await governed();
    const all = { yaml: EASIER, note: 'Why', ...given };
    expect(await refusal(service.draft('small', all, ADMIN))).toMatchObject({ code });
    expect(await versionOf(service)).toBeUndefined();
  });

  it('runs the tests of a draft before it is published, and says so when it was forced', async () => {
    const ran: string[] = [];
    const outcomes = [
      { passed: 3, failed: ['折扣 15% 需要经理审批'] },
      { passed: 4, failed: [] },
    ];
    const tests: VersionTests = {
      check: (_process, text) =>
        text === 'broken' ? service.check(EASIER.replace('owner: boss', 'owner: bos')).problems : [],
      run: async (_process, text) => {
        ran.push(text);
        return outcomes[text === 'bad' ? 0 : 1] ?? { passed: 0, failed: [] };
      },
      report: () => Promise.reject(new Error('nobody asks for more')),
    };
    const { service } = await governed({ tests });
    expect(await refusal(drafted(service, EASIER, ADMIN, { tests: 'broken' }))).toMatchObject({
      code: 'definition-invalid',
      detail: { en: 'the file of scenarios has 1 error, and nothing was drafted; see problems' },
    });
    expect(await versionOf(service)).toBeUndefined();
    await drafted(service, EASIER, ADMIN, { tests: 'bad' });
    expect((await service.getProcess('small', 2, ADMIN)).tests).toBe('bad');
    await service.review(two, approval);
    expect(await refusal(service.publishVersion(two, by(ADMIN)))).toMatchObject({
      code: 'tests-failed',
      extra: outcomes[0],
    });
    expect(await newestOf(service)).toBe(1);
    const forced = await service.publishVersion(two, by(ADMIN, { force: true, note: 'Known, see A-7' }));
    expect(forced.record.at(-1)).toMatchObject({ act: 'publish', isForced: true, tests: outcomes[0] });
    await drafted(service, EASIEST, ADMIN, { tests: 'good' });
    const three = { process: 'small', version: 3 };
    await service.review(three, approval);
    const passed = await service.publishVersion(three, by(ADMIN, { force: true }));
    expect(passed.record.at(-1)).toMatchObject({ act: 'publish', isForced: false, tests: outcomes[1] });
    // Instances ran on it: going back is not held up.
    await service.publishVersion(two, by(DEPUTY));
    expect(ran).toEqual(['bad', 'bad', 'good']);
  });

  it('counts what runs on each version, up to which a page goes', async () => {
    const { service, begin } = await governed();
    const id = await begin({ staff: 10 });
    await begin();
    await service.send(id, { type: 'close', outcome: 'dropped', reason: 'cost' }, request());
    await ways.published(service);
    await begin();
    const page = await service.listVersions('small', { draftsOnly: false, cursor: null, limit: 1 }, ADMIN);
    expect(page).toMatchObject({ versions: [{ version: 2, instances: { open: 1, closed: 0 } }], next: '2' });
    const rest = await service.listVersions('small', { draftsOnly: false, cursor: page.next, limit: 1 }, ADMIN);
    expect(rest).toMatchObject({ versions: [{ version: 1, instances: { open: 1, closed: 1 } }], next: null });
    const drafts = await service.listVersions('small', { draftsOnly: true, cursor: null, limit: 9 }, ADMIN);
    expect(drafts).toEqual({ versions: [], next: null });
  });

  it('takes up what a crash left before anything was recorded of it', async () => {
    const { service, store } = await governed();
    await store.addDefinition({
      process: 'small',
      digest: 'f'.repeat(64),
      yaml: EASIEST,
      calendars: null,
      addedAt: START,
      addedBy: 'x',
    });
    expect(await versionOf(service)).toBeUndefined();
    expect((await drafted(service)).version.version).toBe(3);
    expect(
      (await service.listVersions('small', { draftsOnly: true, cursor: null, limit: 9 }, ADMIN)).versions,
    ).toHaveLength(1);
  });

  it('lets one of several be first', async () => {
    const { service } = await governed();
    await drafted(service);
    const reviewers = Array.from({ length: 6 }, (_, n) => actor(`r${n}`, 'admin'));
    const all = await Promise.allSettled(reviewers.map((who) => service.review(two, { ...approval, actor: who })));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await versionOf(service))?.record.map(({ act }) => act)).toEqual(['draft', 'approve']);
  });
});

describe('two nodes on one PostgreSQL', () => {
  async function setupTwo(more: Partial<ServiceOptions> = {}) {
    const first = await setup(await freshPostgres(), { review: 'off' });
    const second = await node(first.options, { review: 'off', ...more });
    onTestFinished(async () => {
      await second.service.stop();
      await second.store.close();
    });
    return { first, second };
  }

  it('publish at once in one order, whatever their clocks say', async () => {
    const { first, second } = await setupTwo();
    second.clock.move(-5_000);
    const edits = Array.from({ length: 8 }, (_, n) => SMALL.replace('staff >= 50', `staff >= ${10 + n}`));
    await Promise.all(edits.map((yaml, n) => (n % 2 === 0 ? first : second).service.publish(yaml, ADMIN)));
    const numbers = await first.service.listVersions('small', { draftsOnly: false, cursor: null, limit: 50 }, ADMIN);
    const lines = numbers.versions.flatMap(({ record, version }) => record.map(({ seq }) => ({ seq, version })));
    expect(lines.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const last = lines.find(({ seq }) => seq === 9)?.version;
    second.clock.move(2_000);
    first.clock.move(2_000);
    expect(await newestOf(first.service)).toBe(last);
    expect(await newestOf(second.service)).toBe(last);
    // The one whose clock is behind is the later one all the same.
    await second.service.publishVersion({ process: 'small', version: 1 }, by(ADMIN));
    expect(await newestOf(second.service)).toBe(1);
  });

  it('count no review by the author, from when nobody had to review', async () => {
    const { first, second } = await setupTwo({ review: 'four-eyes' });
    await drafted(first.service);
    await first.service.review(two, { ...approval, actor: ADMIN });
    expect(await refusal(second.service.publishVersion(two, by(ADMIN)))).toMatchObject({ code: 'review-required' });
  });

  it('publish or withdraw a draft, not both', async () => {
    const { first, second } = await setupTwo();
    for (let round = 0; round < 5; round += 1) {
      const yaml = SMALL.replace('staff >= 50', `staff >= ${20 + round}`);
      const { version } = await drafted(first.service, yaml);
      const name = { process: 'small', version: version.version };
      const both = await Promise.allSettled([
        first.service.publishVersion(name, by(ADMIN)),
        second.service.withdraw(name, by(DEPUTY)),
      ]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refused = both.find((one): one is PromiseRejectedResult => one.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'not-allowed-now' });
    }
  });
});
