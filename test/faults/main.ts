import { parseArgs } from 'node:util';
import { crashAgain } from './crashes.ts';

// npm run faults [-- kills] [-- --client better-sqlite3] [--seed 7]: kills the server under writing clients, again and
// again on one database. Exit code 1 when an acknowledged event is lost or one is there by half.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    client: { type: 'string', default: 'sqlite3' },
    seed: { type: 'string', default: '1' },
    writers: { type: 'string', default: '16' },
  },
});
const { client } = values;
const kills = Number(positionals[0] ?? 200);
if ((client !== 'sqlite3' && client !== 'better-sqlite3') || !Number.isInteger(kills) || kills < 1) {
  console.error('npm run faults [-- KILLS] [-- --client sqlite3|better-sqlite3] [--seed N] [--writers N]');
  process.exit(2);
}

const start = performance.now();
const result = await crashAgain({
  kills,
  client,
  writers: Number(values.writers),
  seed: Number(values.seed),
  report(kill, { acknowledged }, { lost, halves }) {
    if (kill % 20 === 0 || lost.length + halves.length > 0) {
      console.log(
        `  ${kill} kills, ${acknowledged.length} entries acknowledged, ${lost.length} lost, ${halves.length} half`,
      );
    }
  },
});
const { lost, halves, instances, entries } = result.findings;
for (const finding of [...lost, ...halves].slice(0, 20)) console.log(`  ${finding}`);
console.log(`
${client}, seed ${values.seed}, ${values.writers} writers, ${Math.round((performance.now() - start) / 1000)} s
  kills                  ${result.kills} (${result.underLoad} with requests in flight)
  requests sent          ${result.requests}
  entries acknowledged   ${result.acknowledged}
  lost                   ${lost.length}
  half                   ${halves.length}
  sent again with a key  ${result.retried} (${result.replayed} had been carried out before the kill, none twice)
  in the database        ${instances} instances, ${entries} entries; chains verified: ${result.verified}
  a second server        ${result.secondServer}`);
const held = lost.length === 0 && halves.length === 0 && result.verified === entries;
process.exit(held && result.secondServer.startsWith('refused') ? 0 : 1);
