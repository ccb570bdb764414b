import { hasBrowser } from '../e2e/browser.ts';
import { applyDefaults, benchApply, benchOwnPostgres, printApply } from './apply.ts';
import { benchBoard, boardDefaults, printBoard } from './board.ts';
import { benchBulk, bulkDefaults, printBulk } from './bulk.ts';
import { benchCalendar, calendarDefaults, printCalendar } from './calendar.ts';
import { benchCheck, checkDefaults, printCheck } from './check.ts';
import { benchDecide, decideDefaults, printDecide } from './decide.ts';
import { benchHttp, httpDefaults, printHttp } from './http.ts';
import { benchOutbox, outboxDefaults, printOutbox } from './outbox.ts';
import { benchPlan, planDefaults, printPlan } from './plan.ts';
import { benchReplay, printReplay, replayDefaults } from './replay.ts';
import { benchScale, printScale, scaleDefaults } from './scale.ts';
import { benchScenarios, printScenarios, scenarioDefaults } from './scenarios.ts';
import { benchStore, printStore } from './store.ts';
import { benchTimers, printTimers, timerDefaults } from './timers.ts';
import { benchTyping, printTyping, typingDefaults } from './typing.ts';

// npm run bench [-- name…]: without a name all but `scale` and `timers`, which fill a file of several gigabytes first.
// Every ratio compares two things that were measured in turns within this run.

interface Bench {
  readonly title: string;
  /** Only run when it is asked for by name. */
  readonly asked: boolean;
  run(): Promise<void>;
}

const benches: Readonly<Record<string, Bench>> = {
  calendar: {
    title: `business time: add and between, ${calendarDefaults.calls.toLocaleString('en')} calls each`,
    asked: false,
    run: async () => printCalendar(benchCalendar(calendarDefaults)),
  },
  check: {
    title: 'phasegate check from start to end, against starting node',
    asked: false,
    run: async () => printCheck(await benchCheck(checkDefaults)),
  },
  decide: {
    title: 'decide and explain, pure, on the sales process',
    asked: false,
    run: async () => printDecide(benchDecide(decideDefaults)),
  },
  scenarios: {
    title: 'the scenarios of the sales process, and small changes of it until one notices',
    asked: false,
    run: async () => printScenarios(benchScenarios(scenarioDefaults)),
  },
  apply: {
    title: `the service in process, ${applyDefaults.callers} callers, durable, against XState and knex by hand`,
    asked: false,
    run: async () => printApply(await benchApply(applyDefaults)),
  },
  postgres: {
    title: `the same on PostgreSQL`,
    asked: false,
    run: async () => printApply(await benchOwnPostgres(applyDefaults)),
  },
  store: {
    title: 'the store alone, against a transaction per event through the query builder',
    asked: false,
    run: async () => printStore(await benchStore()),
  },
  http: {
    title: `HTTP, ${httpDefaults.connections} connections, durable, all switched on, against a bare Express echo`,
    asked: false,
    run: async () => printHttp(await benchHttp(httpDefaults)),
  },
  bulk: {
    title: `HTTP, bulks of ${bulkDefaults.items} events on ${bulkDefaults.bulkConnections} connections, against single calls`,
    asked: false,
    run: async () => printBulk(await benchBulk(bulkDefaults)),
  },
  board: {
    title: `the board of ${boardDefaults.large.toLocaleString('en')} deals in a browser, against one of ${boardDefaults.small}`,
    asked: false,
    run: async () => printBoard(await benchBoard(boardDefaults)),
  },
  outbox: {
    title: `${(outboxDefaults.instances * outboxDefaults.messages).toLocaleString('en')} messages to one receiver on this machine, durable`,
    asked: false,
    run: async () => printOutbox(await benchOutbox(outboxDefaults)),
  },
  plan: {
    title: `a version for ${planDefaults.instances.toLocaleString('en')} open deals: planned, applied, taken back`,
    asked: false,
    run: async () => printPlan(await benchPlan(planDefaults)),
  },
  replay: {
    title: `${replayDefaults.deals.toLocaleString('en')} deals decided anew from a SQLite file`,
    asked: false,
    run: async () => printReplay(await benchReplay(replayDefaults)),
  },
  typing: {
    title: 'typing in the sales process in a browser, each key until its problems are shown',
    asked: false,
    run: async () => (hasBrowser ? printTyping(await benchTyping(typingDefaults)) : undefined),
  },
  scale: {
    title: `${scaleDefaults.large.toLocaleString('en')} instances against ${scaleDefaults.small.toLocaleString('en')}`,
    asked: true,
    run: async () => printScale(await benchScale(scaleDefaults, (what) => console.log(`  ${what}`))),
  },
  timers: {
    title: `what falls due among ${timerDefaults.pending.toLocaleString('en')} timers that do not, durable`,
    asked: true,
    run: async () => printTimers(await benchTimers(timerDefaults, (what) => console.log(`  ${what}`))),
  },
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (names.length === 0 ? bench.asked : !names.includes(name)) continue;
  console.log(`\n${name}: ${bench.title}`);
  await bench.run();
}
