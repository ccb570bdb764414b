import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createMail, type MailOptions, noMail, wrongMailAddress } from '../../src/delivery/index.ts';
import { mailServer, readHeader } from './mail-server.ts';

const MEI = 'mailto:mei@example.com';
const letter = { id: 'a-1.b', subject: '合同 late', text: '到期\n.\nline\n' };

function line(server: string, more: Partial<MailOptions> = {}) {
  const opened = createMail({ server, from: 'Sales <phasegate@corp.example>', ...more }).open(MEI);
  onTestFinished(() => opened.close());
  return opened;
}

it('sends a letter in plain text, with an id that follows from the message', async () => {
  const server = await mailServer();
  expect(await line(server.url).send(letter)).toEqual({ ok: true });
  const [got] = server.letters;
  expect(got).toMatchObject({ from: 'phasegate@corp.example', to: ['mei@example.com'] });
  expect(got?.headers).toMatchObject({
    from: 'Sales <phasegate@corp.example>',
    to: 'mei@example.com',
    'message-id': '<a-1.b@corp.example>',
    'auto-submitted': 'auto-generated',
  });
  expect(readHeader(got?.headers.subject ?? '')).toBe('合同 late');
  expect(got?.headers['content-type']).toMatch(/^text\/plain; charset=utf-8/);
  expect(got?.text.trimEnd()).toBe('到期\n.\nline');
});

it.each([
  [450, { ok: false, status: 450, why: 'SMTP 450' }],
  [550, { ok: false, status: 550, why: 'SMTP 550' }],
])('says what the server refused it with: %i', async (code, posted) => {
  const server = await mailServer(() => ({ code }));
  expect(await line(server.url).send(letter)).toEqual(posted);
});

it('a server that does not know us says nothing of the letter, and no secret is told', async () => {
  const server = await mailServer(() => null, 'right');
  const wrong = await line(`smtp://phasegate:wrong@${server.host}`).send(letter);
  expect(wrong).toEqual({ ok: false, status: null, why: 'EAUTH' });
  expect(await line(`smtp://phasegate:right@${server.host}`).send(letter)).toEqual({ ok: true });
});

it('does not wait for ever: nobody there, a server that says nothing, one that stops in the middle', async () => {
  expect(await line('smtp://127.0.0.1:9').send(letter)).toMatchObject({ ok: false, status: null });
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const quick = { connectMs: 100, silentMs: 100, totalMs: 2_000 };
  expect(await line(`smtp://127.0.0.1:${port}`, quick).send(letter)).toMatchObject({ ok: false, status: null });
  const hanging = await mailServer(() => 'hang');
  expect(await line(hanging.url, { totalMs: 100 }).send(letter)).toEqual({ ok: false, status: null, why: 'TIMEOUT' });
});

it.each([
  'mailto:',
  'mailto:mei',
  'mailto:@example.com',
  'mailto:mei@localhost',
  'mailto:mei@example.com,otto@example.com',
  'mailto:mei@example.com?bcc=otto@example.com',
  'mailto:mei@example.com%0d%0aBcc:otto@example.com',
  'mailto:mei@example.com\r\nBcc: otto@example.com',
  'mailto:"mei"@example.com',
  'mailto:mei@[127.0.0.1]',
  'mailto:mei..x@example.com',
  `mailto:${'m'.repeat(65)}@example.com`,
  `mailto:mei@${'e.'.repeat(130)}com`,
  'MAILTO:mei@example.com',
  'mailto:梅@example.com',
])('%s is no address to send to', (url) => {
  expect(wrongMailAddress(url)).not.toBeNull();
});

it.each(['mailto:mei@example.com', 'mailto:mei.li+sales_2@mail.example-corp.cn'])('%s is one', (url) => {
  expect(wrongMailAddress(url)).toBeNull();
});

it('without a server nothing is sent, and what to set is said', async () => {
  expect(noMail.wrongAddress(MEI)?.en).toContain('PHASEGATE_SMTP_URL');
  expect(await noMail.open(MEI).send(letter)).toEqual({ ok: false, status: null, why: 'NO_MAIL_SERVER' });
});
