import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { onTestFinished, vi } from 'vitest';

export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what it is
  readonly body: any;
}

/** How a receiver answers a message; by default it takes every one. */
export type Behaviour = (res: ServerResponse, message: Received, req: IncomingMessage) => void;

/** A real receiver on this machine that remembers what came, answered or not. */
export async function receiver(behave: Behaviour = (res) => res.end()) {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
      const message = { id: headers['webhook-id'] ?? '', headers, text, body: JSON.parse(text) };
      received.push(message);
      behave(res, message, req);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, received };
}

/** What the independent package says of a signature, at the time that it was made. Throws when it is none. */
export function verify(secret: string, { text, headers }: Received): unknown {
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1_000 });
  try {
    return new Webhook(secret).verify(text, { ...headers });
  } finally {
    vi.useRealTimers();
  }
}
