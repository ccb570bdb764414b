import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export type Verdict = { readonly code: number } | 'hang' | null;

/** A real mail server on this machine. `judge` says what becomes of each letter; null: it is taken. */
export async function mailServer(
  judge: (to: string, nth: number) => Verdict = () => null,
  password: string | null = null,
) {
  const letters: Letter[] = [];
  let tries = 0;
  const refused = (code: number) => Object.assign(new Error('refused'), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: password === null ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: password === null,
    onAuth: ({ password: given }, _, done) => done(given === password ? null : refused(535), { user: 'phasegate' }),
    onRcptTo({ address }, _, done) {
      const verdict = judge(address, tries++);
      if (verdict === null) done();
      else if (verdict !== 'hang') done(refused(verdict.code));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [head = '', ...body] = Buffer.concat(chunks).toString().replaceAll('\r\n', '\n').split('\n\n');
        const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
        const headers = Object.fromEntries(
          lines.map((line) => [
            line.slice(0, line.indexOf(':')).toLowerCase(),
            line.slice(line.indexOf(':') + 1).trim(),
          ]),
        );
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        letters.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          headers,
          text: decoded(headers, body.join('\n\n')),
        });
        done();
      });
    },
  });
  // A client that goes away in the middle is no fault of the server.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, url: `smtp://127.0.0.1:${port}`, letters, tries: () => tries };
}

function decoded(headers: Readonly<Record<string, string>>, body: string): string {
  const how = headers['content-transfer-encoding'];
  if (how === 'base64') return Buffer.from(body, 'base64').toString();
  if (how !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** A header as people read it (RFC 2047, as far as it comes from us). */
export function readHeader(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind, part) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(part, 'base64').toString()
        : decoded({ 'content-transfer-encoding': 'quoted-printable' }, part.replaceAll('_', ' ')),
    );
}
