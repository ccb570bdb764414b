import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { sha256 } from '../../src/json.ts';

/** One message as it came, answered or not. */
export interface Arrival {
  /** The path that it came to: each subscription has its own. */
  readonly path: string;
  readonly id: string;
  /** What its body says that it tells. */
  readonly instance: string;
  readonly seq: number;
  /** True time, milliseconds since 1970. */
  readonly at: number;
  /** Hash of its body. */
  readonly body: string;
  /** The independent package accepts its signature. */
  readonly isSigned: boolean;
  /** It was answered with 2xx, as far as the receiver can tell. */
  readonly isTaken: boolean;
}

/** What a receiver does with a message; true: it takes it. */
export type Behaviour = (res: ServerResponse) => boolean;

export interface Receiver {
  readonly url: string;
  /** In the order in which they came. */
  readonly arrivals: readonly Arrival[];
  /** What came to a path is to be signed with this secret. */
  know(path: string, secret: string): void;
  close(): void;
}

const take: Behaviour = (res) => {
  res.writeHead(204).end();
  return true;
};

/** A receiver in this process, on this machine, that lives while senders are killed. */
export async function openReceiver(behave: Behaviour = take): Promise<Receiver> {
  const arrivals: Arrival[] = [];
  const webhooks = new Map<string, Webhook>();
  const server = createServer((req, res) => {
    const at = Date.now();
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A sender that is killed halfway has sent nothing.
    req.on('error', () => {});
    res.on('error', () => {});
    req.on('end', () => {
      const path = req.url ?? '';
      const text = Buffer.concat(chunks).toString();
      const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
      const { instance, seq } = Object(JSON.parse(text)).data;
      const isSigned = accepts(webhooks.get(path), text, headers);
      const isTaken = behave(res);
      arrivals.push({
        path,
        id: headers['webhook-id'] ?? '',
        instance,
        seq,
        at,
        body: sha256(text),
        isSigned,
        isTaken,
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    know: (path, secret) => webhooks.set(path, new Webhook(secret)),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the package says at the time that the sender gives: its clock is elsewhere on purpose. */
function accepts(webhook: Webhook | undefined, text: string, headers: Record<string, string>): boolean {
  const now = Date.now;
  Date.now = () => Number(headers['webhook-timestamp']) * 1_000;
  try {
    webhook?.verify(text, headers);
    return webhook !== undefined;
  } catch {
    return false;
  } finally {
    Date.now = now;
  }
}
