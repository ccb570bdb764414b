import { parseArgs } from 'node:util';
import { crashAgain } from './crashes.ts';
import { messagesUnderFaults } from './messages.ts';
import { migrationsUnderFaults } from './migrations.ts';
import { timersUnderFaults } from './timers.ts';

// npm run faults [-- KILLS]: kills the server under writing clients, again and again on one database.
// npm run faults -- timers [KILLS]: while things fall due, and sets its clock. npm run faults -- messages [KILLS]: while it
// delivers to a receiver that fails, hangs and resets connections. npm run faults -- migrations [KILLS]: while a plan is applied
// and taken back. Each with [--client better-sqlite3] [--seed 7]. Exit code
// 1 when something is lost, too early, there by half or there twice.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    client: { type: 'string', default: 'sqlite3' },
    seed: { type: 'string', default: '1' },
    writers: { type: 'string', default: '16' },
    timers: { type: 'string', default: '20000' },
    messages: { type: 'string', default: '20000' },
    instances: { type: 'string', default: '20000' },
  },
});
const { client } = values;
const modes = { writers, timers, messages, migrations };
const isMode = (name: string | undefined): name is keyof typeof modes => name !== undefined && name in modes;
const [first] = positionals;
const mode = isMode(first) ? first : 'writers';
const given = isMode(first) ? positionals[1] : first;
const kills = Number(given ?? (mode === 'writers' ? 200 : 50));
const seed = Number(values.seed);
if ((client !== 'sqlite3' && client !== 'better-sqlite3') || !Number.isInteger(kills) || kills < 1) {
  console.error(
    'npm run faults [-- writers|timers|messages|migrations] [KILLS] [--client sqlite3|better-sqlite3] [--seed N] [--writers N] [--timers N] [--messages N] [--instances N]',
  );
  process.exit(2);
}

const start = performance.now();
const holds = await modes[mode](client);
console.log(`  ${client}, seed ${seed}, ${Math.round((performance.now() - start) / 1000)} s`);
process.exit(holds ? 0 : 1);

function every(kill: number, text: string): void {
  if (kill % 10 === 0) console.log(`  ${kill} kills, ${text}`);
}

/** Prints what was found, and says whether that is nothing. */
function isNothing(findings: Readonly<Record<string, readonly unknown[]>>): boolean {
  const all = Object.values(findings).flat();
  for (const finding of all.slice(0, 20)) console.log(`  ${finding}`);
  return all.length === 0;
}

async function writers(client: 'sqlite3' | 'better-sqlite3'): Promise<boolean> {
  const result = await crashAgain({
    kills,
    client,
    writers: Number(values.writers),
    seed,
    report: (kill, { acknowledged }, { lost, halves }) =>
      every(kill, `${acknowledged.length} entries acknowledged, ${lost.length} lost, ${halves.length} half`),
  });
  const { lost, halves, instances, entries } = result.findings;
  const held = isNothing({ lost, halves });
  console.log(`
  writers                ${values.writers}
  kills                  ${result.kills} (${result.underLoad} with requests in flight)
  requests sent          ${result.requests}
  entries acknowledged   ${result.acknowledged}
  lost                   ${lost.length}
  half                   ${halves.length}
  sent again with a key  ${result.retried} (${result.replayed} had been carried out before the kill, none twice)
  in the database        ${instances} instances, ${entries} entries; chains verified: ${result.verified}
  a second server        ${result.secondServer}`);
  return held && result.verified === entries && result.secondServer.startsWith('refused');
}

async function timers(client: 'sqlite3' | 'better-sqlite3'): Promise<boolean> {
  const result = await timersUnderFaults({
    timers: Number(values.timers),
    kills,
    client,
    seed,
    late: [3_500, 15_000],
    life: 6_000,
    // What a killed server has claimed is free again after a minute.
    lastMessages: 75_000,
    report: (kill, started) => every(kill, `${started} instances started`),
  });
  const { lost, early, doubled, lateness } = result.findings;
  const held = isNothing({ lost, early, doubled });
  const late = [...lateness].sort((a, b) => a - b);
  const part = (share: number) => `${late[Math.floor((late.length - 1) * share)]} ms`;
  console.log(`
  instances              ${result.started}, each with a warning, a breach and what the breach does
  kills                  ${result.kills} (${result.underLoad} with things overdue)
  clock set              ${result.canJump ? `${result.jumps} times, by +1 h, -1 h, +30 d` : 'never: install libfaketime'}
  lost                   ${lost.length}
  early                  ${early.length}
  doubled                ${doubled.length}
  lateness               p50 ${part(0.5)}, p99 ${part(0.99)}, most ${part(1)} (with the time that the server was gone)
  messages               ${result.messages}, and ${result.repeats} repeats under the same id; all signed: ${result.isSigned}
  chains verified        ${result.verified} entries`);
  return held && result.isSigned && result.verified >= result.started * 4;
}

async function messages(client: 'sqlite3' | 'better-sqlite3'): Promise<boolean> {
  const result = await messagesUnderFaults({
    messages: Number(values.messages),
    subscriptions: 8,
    entries: 5,
    kills,
    client,
    seed,
    life: 6_000,
    report: (kill, arrived, waiting) => every(kill, `${arrived} arrivals, ${waiting} wait`),
  });
  if (result === null) {
    console.error('libfaketime is missing (Debian: apt-get install libfaketime); without it the retries take hours');
    return false;
  }
  const { lost, overtaking, changed, unsigned } = result.findings;
  const held = isNothing({ lost, overtaking, changed, unsigned });
  console.log(`
  messages               ${result.messages} (${result.entries} entries, 8 subscriptions)
  arrivals               ${result.arrivals}: ${result.failed} failed, ${result.hung} left hanging, ${result.reset} reset
  kills                  ${result.kills} (${result.underLoad} with messages waiting)
  lost                   ${lost.length}
  out of order           ${overtaking.length}
  repeats                ${result.repeats}; under another id or text ${changed.length}
  refused signatures     ${unsigned.length}
  chains verified        ${result.verified} entries`);
  return held && result.messages === result.entries * 8 && result.verified > 0;
}

async function migrations(client: 'sqlite3' | 'better-sqlite3'): Promise<boolean> {
  const instances = Number(values.instances);
  const result = await migrationsUnderFaults({
    instances,
    kills,
    client,
    seed,
    life: 1_000,
    report: (kill, done) => every(kill, `${done} of ${instances} done`),
  });
  const { lost, doubled } = result.findings;
  const held = isNothing({ lost, doubled });
  console.log(`
  instances              ${instances}, taken over to another version and back, by two at a time
  kills                  ${result.kills} (${result.underway} with the plan half applied, or half taken back)
  lost                   ${lost.length}
  doubled                ${doubled.length}
  chains verified        ${result.verified} entries`);
  return held && result.verified >= instances * 3;
}
