import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AllowList, allowList, createDelivery, type DeliveryOptions } from '../../src/delivery/index.ts';

function listed(entry: string): AllowList {
  const list = allowList([entry]);
  if (list === null) throw new Error('not a list');
  return list;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return port;
}

/** A receiver on this machine, that may be delivered to unless `options` say otherwise. */
async function setup(receive: RequestListener, options: Partial<DeliveryOptions> = {}) {
  const requests: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((req, res) => {
    requests.push(req);
    receive(req, res);
  });
  server.on('connection', () => {
    connections += 1;
  });
  onTestFinished(() => server.closeAllConnections());
  const port = await listening(server);
  const delivery = createDelivery({ allow: listed('127.0.0.1'), totalMs: 300, ...options });
  return {
    port,
    requests,
    connections: () => connections,
    async post(url: string, times = 1) {
      const line = delivery.open(url);
      onTestFinished(() => line.close());
      const posts = Array.from({ length: times }, () => line.post({ 'webhook-id': 'm' }, '{}'));
      return (await Promise.all(posts))[0];
    },
  };
}

describe('a delivery', () => {
  it('is a POST whose answer is a status', async () => {
    const { port, requests, post } = await setup((_, res) => res.writeHead(503, { 'retry-after': '7' }).end('later'));
    expect(await post(`http://127.0.0.1:${port}/hook?a=b`)).toEqual({ status: 503, retryAfter: '7' });
    expect(requests.map(({ method, url, headers }) => [method, url, headers['webhook-id']])).toEqual([
      ['POST', '/hook?a=b', 'm'],
    ]);
  });

  it('follows no redirect', async () => {
    const { port, requests, post } = await setup((_, res) => res.writeHead(307, { location: '/other' }).end());
    expect(await post(`http://127.0.0.1:${port}/hook`)).toMatchObject({ status: 307 });
    expect(requests).toHaveLength(1);
  });

  it('waits for a receiver no longer than its time', async () => {
    const { port, post } = await setup(() => {});
    expect(await post(`http://127.0.0.1:${port}/`)).toEqual({ status: null, why: 'TIMEOUT' });
  });

  it('reads no more of an answer than its bound', async () => {
    const chunk = 'x'.repeat(65_536);
    let sent = 0;
    const { port, post } = await setup((req, res) => {
      const timer = setInterval(() => {
        sent += 1;
        res.write(chunk);
      }, 1);
      req.socket.on('close', () => clearInterval(timer));
    });
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
    expect(sent).toBeLessThan(100);
  });

  it('takes no more sockets than it may', async () => {
    const { port, post, connections, requests } = await setup((_, res) => res.end(), { sockets: 2 });
    await post(`http://127.0.0.1:${port}/`, 20);
    expect([requests.length, connections()]).toEqual([20, 2]);
  });

  it('goes to an allowed host at the address that was resolved', async () => {
    const { port, post } = await setup((_, res) => res.end(), {
      allow: listed('crm.intranet'),
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    expect(await post(`http://crm.intranet:${port}/`)).toMatchObject({ status: 200 });
  });
});

describe('no packet goes', () => {
  /** A listener on this machine that must see nobody. */
  async function unseen() {
    const seen: string[] = [];
    const port = await listening(createTcpServer((socket) => seen.push(String(socket.remoteAddress))));
    return { port, seen };
  }

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['1.1.1.1', '127.0.0.1'],
    ['::1', '::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1', '10.0.0.1'],
  ])('to a name that resolves to %s and %s', async (...addresses) => {
    const { port, seen } = await unseen();
    const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const line = createDelivery({ resolve }).open(`https://rebound.example.com:${port}/`);
    onTestFinished(() => line.close());
    expect(await line.post({}, '')).toEqual({ status: null, why: 'ADDRESS_REFUSED' });
    expect(seen).toEqual([]);
  });

  it('to a name that means another address at the second look', async () => {
    const { port, seen } = await unseen();
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return [{ address: asked.length === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }];
    };
    const line = createDelivery({ resolve, connectMs: 50 }).open(`https://rebound.example.com:${port}/`);
    onTestFinished(() => line.close());
    for (const _ of [1, 2]) expect(await line.post({}, '')).toEqual({ status: null, why: 'ADDRESS_REFUSED' });
    expect(asked).toHaveLength(2);
    expect(seen).toEqual([]);
  });

  it.each(['https://127.0.0.1', 'https://127.1', 'https://2130706433', 'https://[::ffff:7f00:1]', 'http://127.0.0.1'])(
    'to %s, which is not looked up',
    async (origin) => {
      const { port, seen } = await unseen();
      const line = createDelivery().open(`${origin}:${port}/`);
      expect(await line.post({}, '')).toEqual({ status: null, why: 'ADDRESS_REFUSED' });
      expect(seen).toEqual([]);
    },
  );
});
