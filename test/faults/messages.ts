import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ask, type Server, type ServerOptions, startServer } from '../bench/server.ts';
import { random } from '../engine/random.ts';
import { type Keyed, publish, send } from './client.ts';
import { verifyAll } from './crashes.ts';
import { openFakeTime } from './fake-time.ts';
import { checkMessages, type MessageFindings } from './message-check.ts';
import { openReceiver } from './receiver.ts';
import { countLeft, readRecorded } from './recorded.ts';

export interface MessageFaultOptions {
  /** One for each entry and subscription. */
  readonly messages: number;
  readonly subscriptions: number;
  /** Of each instance, which are to come in their order: its start and notes. */
  readonly entries: number;
  readonly kills: number;
  readonly client: ServerOptions['client'];
  readonly seed: number;
  /** Most milliseconds that a server lives. */
  readonly life: number;
  readonly report?: (kill: number, arrived: number, waiting: number) => void;
}

export interface MessageFaultResult {
  /** As many as were asked for, and more until nothing waited. */
  readonly kills: number;
  /** Kills that left messages to be sent. */
  readonly underLoad: number;
  /** That clients were told of. */
  readonly entries: number;
  /** Taken, once or again. */
  readonly messages: number;
  readonly arrivals: number;
  readonly failed: number;
  readonly hung: number;
  readonly reset: number;
  /** Came again although they had been taken. */
  readonly repeats: number;
  readonly findings: MessageFindings;
  /** Entries whose chain the last server verified; -1: one is broken. */
  readonly verified: number;
}

/** The receivers' manners, as parts of all that comes. */
const FAILS = 0.3;
const HANGS = 0.05;
const RESETS = 0.05;

const STARTERS = 16;
/**
 * So long the machine is off after each kill, in minutes: retries have come due then that are hours away, and after all
 * kills less than the three days have passed that a message is kept.
 */
const OFF_MINUTES = 75;
/** Kills beyond those asked for, until the time of the last messages is over. */
const MOST_MORE = 50;

const TOLD = `process: told
title: { zh: 告知, en: Told }
subject: thing
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  only: { title: { zh: 唯一, en: Only }, steps: { it: { title: { zh: 做, en: Do it }, owner: clerk, milestone: done } } }
`;

/**
 * Kills the sender again and again while it delivers to a receiver that fails, hangs and resets connections. Null: without
 * libfaketime its retries would take hours.
 */
export async function messagesUnderFaults(options: MessageFaultOptions): Promise<MessageFaultResult | null> {
  const { messages, subscriptions, entries, kills, client, seed, life, report } = options;
  const faked = openFakeTime();
  if (faked === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-faults-'));
  const { integer, next } = random(seed);
  const manners = { failed: 0, hung: 0, reset: 0 };
  const receiver = await openReceiver((res) => behave(res, next(), manners));
  const env = { ...faked.env, PHASEGATE_WEBHOOK_ALLOW: '127.0.0.1' };
  const server: ServerOptions = { file: join(folder, 'faults.db'), client, log: join(folder, 'server.log'), env };
  const paths = Array.from({ length: subscriptions }, (_, n) => `/${n + 1}`);
  const instances = Math.ceil(messages / subscriptions / entries);
  const starters = Array.from({ length: STARTERS }, (_, n) => createStarter(n, entries));
  let underLoad = 0;
  let running = await startServer(server);
  try {
    await publish(running, TOLD);
    for (const path of paths) {
      const subscription = await ask(running, 'POST', '/v1/subscriptions', {
        url: receiver.url + path,
        process: 'told',
      });
      receiver.know(path, Object(subscription).secret);
    }
    let killed = 0;
    for (let waiting = messages; killed < kills || (waiting > 0 && killed < kills + MOST_MORE); ) {
      // Writing ends at half of the kills; what has been written is still to be sent then.
      const share = Math.ceil((Math.min(1, (2 * (killed + 1)) / kills) * instances) / STARTERS);
      const working = Promise.all(starters.map((starter) => starter.run(running, share)));
      await after(integer(Math.min(200, life / 4), life));
      await running.kill();
      await working;
      killed += 1;
      waiting = (await countLeft(server, 'told')).messages;
      if (waiting > 0) underLoad += 1;
      report?.(killed, receiver.arrivals.length, waiting);
      faked.set(`+${killed * OFF_MINUTES}m`);
      running = await startServer(server);
    }
    const verified = await verifyAll(running);
    const { arrivals } = receiver;
    const taken = arrivals.filter(({ isTaken }) => isTaken);
    const told = new Set(taken.map(({ path, id }) => `${path} ${id}`)).size;
    return {
      kills: killed,
      underLoad,
      entries: starters.reduce((sum, { answered }) => sum + answered(), 0),
      messages: told,
      arrivals: arrivals.length,
      ...manners,
      repeats: taken.length - told,
      findings: checkMessages({ recorded: await readRecorded(server, 'told'), paths, arrivals }),
      verified,
    };
  } finally {
    await running.kill();
    receiver.close();
    faked.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

function behave(
  res: ServerResponse,
  chance: number,
  manners: { failed: number; hung: number; reset: number },
): boolean {
  if (chance < FAILS) {
    manners.failed += 1;
    res.writeHead(chance < FAILS / 2 ? 500 : 429).end();
  } else if (chance < FAILS + HANGS) {
    manners.hung += 1;
  } else if (chance < FAILS + HANGS + RESETS) {
    manners.reset += 1;
    res.socket?.resetAndDestroy();
  } else {
    res.writeHead(204).end();
    return true;
  }
  return false;
}

/** Starts instances and writes notes to them, one after the other; what a killed server has not answered is asked again. */
function createStarter(number: number, entries: number) {
  let instance: string | null = null;
  let made = 0;
  let answered = 0;

  function request(): Keyed {
    const key = `s${number}.${made}.${answered}`;
    return instance === null
      ? { key, path: '/v1/instances', body: { process: 'told' } }
      : { key, path: `/v1/instances/${instance}/events`, body: { type: 'note', text: key } };
  }

  return {
    answered: () => answered,
    /** Until so many instances are made, or the server is gone. */
    async run(server: Server, share: number): Promise<void> {
      while (made < share) {
        const id = await send(server, request());
        if (id === null) return;
        answered += 1;
        const isLast = answered % entries === 0;
        instance = isLast ? null : id;
        if (isLast) made += 1;
      }
    },
  };
}
