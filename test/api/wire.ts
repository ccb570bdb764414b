import { connect, type Socket } from 'node:net';

/** A bare connection, for what no well-behaved client sends. */
export interface Wire {
  send(text: string): void;
  /** Everything received so far. */
  received(): string;
  /** Everything received, once the other side closes. */
  ended: Promise<string>;
  /** Reads no more, so that the other side has to wait. */
  pause(): void;
  /** Breaks the connection off. */
  cut(): void;
}

export function openWire(url: string): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let text = '';
    const ended = new Promise<string>((done) => {
      const socket: Socket = connect(Number(port), hostname, () =>
        resolve({
          send: (part) => socket.write(part),
          received: () => text,
          ended,
          pause: () => socket.pause(),
          cut: () => socket.resetAndDestroy(),
        }),
      );
      socket.setEncoding('utf8');
      socket.on('data', (part: string) => {
        text += part;
      });
      socket.on('error', reject);
      socket.on('close', () => done(text));
    });
  });
}

/** The head of a POST of JSON by the holder of a key. */
export function postHead(path: string, key: string, ...headers: readonly string[]): string {
  const all = ['Host: test', `Authorization: Bearer ${key}`, 'Content-Type: application/json', ...headers];
  return `POST ${path} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n`;
}
