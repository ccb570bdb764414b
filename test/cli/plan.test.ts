import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshFolder, runCli, serveHere } from './testing-cli.ts';

const LOAN = readFileSync(new URL('../api/visit.yaml', import.meta.url), 'utf8');

/** A server with the process and two open instances of it, and an edited file beside it. */
async function setup(edit: (yaml: string) => string) {
  const folder = freshFolder();
  const { url, env } = await serveHere({ PHASEGATE_REVIEW: 'off' });
  const file = join(folder, 'visit.yaml');
  const edited = edit(LOAN);
  expect(edited).not.toBe(LOAN);
  writeFileSync(file, edited);
  const post = async (path: string, body: string, type = 'application/json') => {
    const headers = { authorization: `Bearer ${env.PHASEGATE_KEY}`, 'content-type': type };
    const response = await fetch(url + path, { method: 'POST', headers, body });
    expect([path, response.ok]).toEqual([path, true]);
    return Object(await response.json());
  };
  await post('/v1/processes', LOAN, 'application/yaml');
  const started: string[] = [];
  for (let n = 0; n < 2; n += 1)
    started.push((await post('/v1/instances', JSON.stringify({ process: 'visit' }))).instance.id);
  const publish = () => post('/v1/processes', edited, 'application/yaml');
  return { post, env, file, plan: join(folder, 'plan.json'), csv: join(folder, 'plan.csv'), started, publish, edited };
}

const [first = ''] = /(?<= {6})[a-z-]+(?=:\n)/.exec(LOAN.slice(LOAN.indexOf('steps:'))) ?? [];

it('says what a file would do, writes the plan, does it once it is published, and takes it back', async () => {
  const rename = (yaml: string) => yaml.replace(`      ${first}:\n`, `      began:\n        was: ${first}\n`);
  const { post, env, file, plan, csv, started, publish } = await setup(rename);
  const planned = await runCli(['plan', file, '--out', plan, '--each', '--csv', csv], env);
  expect([planned.code, planned.err]).toEqual([0, '']);
  const lines = planned.out.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim());
  expect(lines.slice(0, 2)).toEqual([
    `visit: 2 open instances are not on ${file} (version 1 is the newest published)`,
    '2 go over 0 ask 0 blocked 0 stay',
  ]);
  expect(lines).toContain(`2 go over 1 ${first} began`);
  expect(lines).toContain(`stands in ${first} → began`);
  const table = readFileSync(csv, 'utf8').split('\r\n');
  expect(table[0]).toMatch(/^\ufeffinstance,key,owner,version,revision,kind,from,to,/);
  expect(table.slice(1, -1).map((row) => row.split(',').slice(3, 8))).toEqual(
    started.map(() => ['1', '1', 'auto', first, 'began']),
  );

  const unwritten = await runCli(['plan', file, '--each', '--out', join(plan, 'x')], env);
  expect(unwritten).toEqual({
    code: 2,
    out: planned.out,
    err: `✗ ${join(plan, 'x')} cannot be written (ENOTDIR); check the folder and the permissions\n`,
  });

  const early = await runCli(['apply', plan], env);
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('is not yet the newest in effect')]);
  await publish();
  expect(await runCli(['apply', plan], env)).toMatchObject({
    code: 0,
    out: '✓ 2 instances have gone over to version 2\n',
  });
  expect(await runCli(['apply', plan, '--lang', 'zh'], env)).toMatchObject({
    code: 0,
    out: '✓ 0 个实例已转到第 2 版，此前已转 2 个\n',
  });
  expect(await runCli(['plan', 'visit@2'], env)).toMatchObject({
    code: 0,
    out: expect.stringContaining('0 open instances are not on visit@2'),
  });
  await post(`/v1/instances/${started[0]}/events`, JSON.stringify({ type: 'note', text: 'on' }));
  const back = await runCli(['revert', plan], env);
  expect(back.code).toBe(1);
  expect(back.out).toMatch(
    new RegExp(`^✓ 1 instance has gone back\n {2}${started[0]} .*nothing should have happened to it since`),
  );
  // It has been begun, and the other is no longer as it was: somebody has to look.
  const rest = await runCli(['apply', plan], env);
  expect([rest.code, rest.out]).toEqual([1, expect.stringContaining(`${started[1]}  it has changed since`)]);
  expect((await runCli(['apply', plan, '--leave-moved'], env)).code).toBe(0);
});

it('takes decisions from the command line or from a plan before, and refuses a plan that was edited', async () => {
  const { env, file, plan, started, publish } = await setup((yaml) =>
    yaml.replace(`      ${first}:\n`, '      began:\n'),
  );
  const asked = await runCli(['plan', file, '--kind', 'ask', '--lang', 'zh'], env);
  expect(asked.out).toContain('0 自动转   2 需决定   0 受阻   0 保留');
  expect(asked.out).toContain('新版本没有环节');
  const wrong = await runCli(['plan', file, '--move', `${first}=begun`], env);
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('did you mean began?')]);
  await runCli(['plan', file, '--move', `${first}=began`, '--out', plan], env);
  const kept = await runCli(['plan', file, '--with', plan, '--keep', started[1] ?? '', '--out', plan, '--json'], env);
  expect(JSON.parse(kept.out).plan.counts).toEqual({ open: 2, keep: 1, auto: 1, ask: 0, blocked: 0 });
  await publish();
  const text = readFileSync(plan, 'utf8');
  writeFileSync(plan, text.replace('"keep"', '{}'));
  expect(await runCli(['apply', plan], env)).toMatchObject({ code: 1, err: expect.stringContaining('plan-edited') });
  writeFileSync(plan, text);
  const applied = await runCli(['apply', plan, '--json'], env);
  expect(JSON.parse(applied.out)).toMatchObject([
    { version: 2, done: 1, left: [{ instance: started[1] }], counts: { keep: 1 } },
  ]);
});

it('says what is wrong with what it was given', async () => {
  const folder = freshFolder();
  const broken = join(folder, 'visit.yaml');
  writeFileSync(broken, LOAN.replace('subject:', 'subjekt:'));
  const env = { PHASEGATE_KEY: 'pg_x' };
  expect(await runCli(['plan', broken], env)).toMatchObject({ code: 1, err: expect.stringContaining('unknown-key') });
  expect(await runCli(['plan', broken, '--kind', 'all'], env)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--kind should be one of'),
  });
  expect(await runCli(['apply', broken], env)).toMatchObject({
    code: 2,
    err: expect.stringContaining('holds no plan'),
  });
});
