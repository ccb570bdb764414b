import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder, produceEvidence, runCli, serveHere } from './testing-cli.ts';

it('prints', async () => {
  const folder = freshFolder();
  const data = join(folder, 'data');
  const server = await serveHere({ PHASEGATE_DATA: data });
  console.log((await runCli(['demo'], server.env)).err.slice(0,500));
  const sales = readFileSync('processes/sales.yaml', 'utf8');
  for (const [from, to] of [['',''],['need_match >= 50','need_match >= 70'],['need_match >= 50','need_match >= 20'],['sla: { within: 30 days','sla: { within: 1 days'],['when: discount > 10','when: discount > 3'],['quote <= budget','quote < budget'], ['order: parallel                       # both','order: sequence #']]) {
    const file = join(folder, 'sales.yaml');
    writeFileSync(file, sales.replace(from!, to!));
    const r = await runCli(['replay', file, '--data', data, '--since', '2026-07-01', '--limit','8']);
    console.log(r.code, r.err, r.out);
    console.log((await runCli(['replay', file, '--data', data, '--since', '2026-07-01', '--limit','3', '--lang','zh'])).out);
  }
  void describe; void expect; void produceEvidence;
}, 120_000);
