import { connect, type Socket } from 'node:net';
import { percentile } from './figures.ts';
import { instanceIdAt } from './instance-id.ts';
import { roundTrip } from './sales-deal.ts';

// A process of its own that posts events over keep-alive connections, one request at a time on each. It reads no more
// of an answer than its status and length, so that it costs the machine as little as may be.

/** A server to load; `deals` of its instances (see `instanceIdAt`) are in the middle of their way at first. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly key: string;
  readonly deals: number;
}

export interface LoadOrder extends Target {
  readonly connections: number;
  readonly seconds: number;
  /** Events of each request, sent as a bulk; absent: one, sent alone. */
  readonly items?: number;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds of a request. */
  readonly p50: number;
  readonly p99: number;
  /** Mean bytes of an answer's body. */
  readonly bytes: number;
  readonly requests: number;
  /** The first answer that was not 200, or the end of the first that said that an item was refused. */
  readonly failure: string | null;
}

const bodies = roundTrip.map((event) => Buffer.from(JSON.stringify(event)));

/** The next event of every deal of a server; kept from one order to the next. */
const places = new Map<string, Uint8Array>();

interface Run {
  readonly order: LoadOrder;
  readonly place: Uint8Array;
  readonly until: number;
  readonly took: number[];
  bytes: number;
  failure: string | null;
}

async function load(order: LoadOrder): Promise<LoadResult> {
  const place = places.get(order.name) ?? new Uint8Array(order.deals);
  places.set(order.name, place);
  const start = performance.now();
  const run: Run = { order, place, until: start + order.seconds * 1000, took: [], bytes: 0, failure: null };
  await Promise.all(Array.from({ length: order.connections }, (_, n) => connection(run, n)));
  const elapsed = performance.now() - start;
  const { took } = run;
  return {
    perSecond: (took.length / elapsed) * 1000,
    p50: percentile(took, 50),
    p99: percentile(took, 99),
    bytes: run.bytes / took.length,
    requests: took.length,
    failure: run.failure,
  };
}

/** One connection: the next event of one of its own deals, picked at random, again and again. */
function connection(run: Run, n: number): Promise<void> {
  const { order, place } = run;
  const mine = Math.floor((order.deals - n + order.connections - 1) / order.connections);
  const head = `Host: 127.0.0.1:${order.port}\r\nAuthorization: Bearer ${order.key}\r\nContent-Type: application/json\r\n`;
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true });
    let sentAt = 0;
    let left = 0;
    let end = '';
    const next = (): readonly [string, Buffer] => {
      const deal = Math.floor(Math.random() * mine) * order.connections + n;
      const at = place[deal] ?? 0;
      place[deal] = (at + 1) % bodies.length;
      return [instanceIdAt(deal), bodies[at] ?? Buffer.alloc(0)];
    };
    const send = () => {
      const [path, body] = order.items === undefined ? single(next()) : bulk(Array.from({ length: order.items }, next));
      sentAt = performance.now();
      socket.cork();
      socket.write(`POST ${path} HTTP/1.1\r\n${head}Content-Length: ${body.length}\r\n\r\n`, 'latin1');
      socket.write(body);
      socket.uncork();
    };
    const answered = () => {
      const now = performance.now();
      run.took.push(now - sentAt);
      if (order.items !== undefined && !end.includes('"refused":0,')) run.failure ??= `… ${end}`;
      if (now < run.until && run.failure === null) send();
      else socket.end();
    };
    socket.on('connect', send);
    socket.on('data', (chunk: Buffer) => {
      end = (end + chunk.toString('latin1', Math.max(0, chunk.length - END))).slice(-END);
      if (left > 0) {
        left -= chunk.length;
        if (left <= 0) answered();
        return;
      }
      // Both servers send the head in one piece with the body, or with its beginning.
      const headEnd = chunk.indexOf('\r\n\r\n');
      const text = chunk.toString('latin1', 0, headEnd);
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (!text.startsWith('HTTP/1.1 200')) run.failure ??= chunk.toString();
      run.bytes += length;
      left = length - (chunk.length - headEnd - 4);
      if (left <= 0) answered();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}

/** So many bytes of the end of an answer are looked at: there a bulk says how many items were refused. */
const END = 60;

function single([id, body]: readonly [string, Buffer]): readonly [string, Buffer] {
  return [`/v1/instances/${id}/events`, body];
}

function bulk(events: readonly (readonly [string, Buffer])[]): readonly [string, Buffer] {
  const items = events.map(([id, body]) => `{"instance":"${id}","event":${body.toString()}}`);
  return ['/v1/bulk/events', Buffer.from(`{"items":[${items.join(',')}]}`)];
}

process.on('message', (order: LoadOrder) => {
  load(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
