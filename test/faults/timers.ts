import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { PROMISE, PROMISED_WITHIN, WARNED_BEFORE } from '../bench/promise.ts';
import { ask, type Server, type ServerOptions, startServer } from '../bench/server.ts';
import { random } from '../engine/random.ts';
import { type Keyed, publish, send } from './client.ts';
import { verifyAll } from './crashes.ts';
import { type FakeTime, openFakeTime } from './fake-time.ts';
import { openReceiver } from './receiver.ts';
import { countLeft, readRecorded } from './recorded.ts';
import { checkTimers, type Promised, type TimerFindings } from './timer-check.ts';

export interface TimerFaultOptions {
  /** Instances, each with a warning, a breach and what the breach does. */
  readonly timers: number;
  readonly kills: number;
  readonly client: ServerOptions['client'];
  readonly seed: number;
  /** Milliseconds from a start until it is late, at least and at most. */
  readonly late: readonly [least: number, most: number];
  /** Most milliseconds that a server lives. */
  readonly life: number;
  /** Milliseconds that the last messages may take after the last timer: those of a killed server wait for a minute. */
  readonly lastMessages: number;
  readonly report?: (kill: number, started: number) => void;
}

export interface TimerFaultResult {
  readonly kills: number;
  /** Kills that left something due undone. */
  readonly underLoad: number;
  readonly jumps: number;
  /** False: libfaketime is not there, so that no clock was set. */
  readonly canJump: boolean;
  readonly started: number;
  readonly messages: number;
  readonly repeats: number;
  readonly isSigned: boolean;
  readonly findings: TimerFindings;
  /** Entries whose chain the last server verified; -1: one is broken. */
  readonly verified: number;
}

const JUMPS = ['+1h', '-1h', '+30d'];
const STARTERS = 16;

/**
 * Kills the real server again and again while instances are started and things fall due, and sets its clock under it. It is
 * right again whenever a server starts: what a machine says when nobody knows better has to be believed.
 */
export async function timersUnderFaults(options: TimerFaultOptions): Promise<TimerFaultResult> {
  const { timers, kills, client, seed, life, report } = options;
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-faults-'));
  const faked = openFakeTime();
  const receiver = await openReceiver();
  const env = { ...faked?.env, PHASEGATE_WEBHOOK_ALLOW: '127.0.0.1' };
  const server: ServerOptions = { file: join(folder, 'faults.db'), client, log: join(folder, 'server.log'), env };
  const { integer, next } = random(seed);
  const promised: Promised[] = [];
  let jumps = 0;
  let underLoad = 0;
  let running = await startServer(server);
  try {
    await publish(running, PROMISE);
    const types = ['phasegate.sla.warned', 'phasegate.sla.breached'];
    const subscription = await ask(running, 'POST', '/v1/subscriptions', { url: `${receiver.url}/late`, types });
    receiver.know('/late', Object(subscription).secret);
    const starts = startsOf(options, promised);
    for (let kill = 1; kill <= kills; kill += 1) {
      const share = Math.ceil((timers * kill) / kills);
      const working = starts.run(running, share);
      jumps += await jumpAbout(faked, integer(Math.min(200, life / 4), life), next);
      await running.kill();
      await working;
      faked?.set('+0');
      if ((await countLeft(server, 'promise')).overdue > 0) underLoad += 1;
      running = await startServer(server);
      report?.(kill, promised.length);
    }
    await starts.run(running, timers);
    jumps += await jumpAbout(faked, life, next);
    faked?.set('+0');
    await untilDone(server, promised, options.lastMessages);
    const verified = await verifyAll(running);
    const end = Date.now();
    const { arrivals } = receiver;
    const messages = new Set(arrivals.map(({ id }) => id)).size;
    const recorded = await readRecorded(server, 'promise');
    return {
      kills,
      underLoad,
      jumps,
      canJump: faked !== null,
      started: promised.length,
      messages,
      repeats: arrivals.length - messages,
      isSigned: arrivals.every(({ isSigned }) => isSigned),
      findings: checkTimers({ recorded, promised, arrivals, end }),
      verified,
    };
  } finally {
    await running.kill();
    receiver.close();
    faked?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets a server live for so long, and sets its clock meanwhile, there and mostly back; returns how often. */
async function jumpAbout(faked: FakeTime | null, life: number, next: () => number): Promise<number> {
  const end = performance.now() + life;
  let jumps = 0;
  await after(life * next() * 0.5);
  for (let left = end - performance.now(); left > 0; left = end - performance.now()) {
    const jump = JUMPS[Math.floor(next() * JUMPS.length)];
    if (faked !== null && jump !== undefined) {
      faked.set(jump);
      jumps += 1;
    }
    await after(Math.min(left, 50 + next() * 800));
    if (performance.now() >= end) break;
    faked?.set('+0');
    await after(Math.min(Math.max(0, end - performance.now()), next() * 400));
  }
  return jumps;
}

/** Starts instances, each once: what a killed server has not answered is asked again under its key. */
function startsOf({ late: [least, most], seed }: TimerFaultOptions, promised: Promised[]) {
  const { next } = random(seed + 1);
  const unanswered: (Keyed & { readonly due: number })[] = [];
  let made = 0;

  async function work(server: Server, share: number): Promise<void> {
    for (;;) {
      let start = unanswered.pop();
      if (start === undefined) {
        if (made >= share) return;
        made += 1;
        const due = Math.round(Date.now() + least + next() * (most - least));
        const fields = { begun_at: new Date(due - PROMISED_WITHIN).toISOString() };
        start = { key: `start-${made}`, path: '/v1/instances', body: { process: 'promise', fields }, due };
      }
      const instance = await send(server, start);
      if (instance === null) {
        unanswered.push(start);
        return;
      }
      promised.push({ instance, due: start.due });
    }
  }

  return {
    run: async (server: Server, share: number) => {
      await Promise.all(Array.from({ length: STARTERS }, () => work(server, share)));
    },
  };
}

/** Waits until nothing is left to do; what is left after the time that it may take is found by the check. */
async function untilDone(options: ServerOptions, promised: readonly Promised[], lastMessages: number): Promise<void> {
  const last = promised.reduce((latest, { due }) => Math.max(latest, due), 0);
  const patience = Math.max(0, last - Date.now()) + WARNED_BEFORE + 5_000 + promised.length * 3;
  await waitFor(patience, async () => (await countLeft(options, 'promise')).timers === 0);
  await waitFor(lastMessages, async () => (await countLeft(options, 'promise')).messages === 0);
}

async function waitFor(ms: number, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end && !(await holds())) await after(Math.min(100, ms));
}
