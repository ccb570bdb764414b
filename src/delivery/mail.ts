import { createTransport } from 'nodemailer';
import type { Text } from '../text.ts';
import { wrongMailAddress } from './mail-address.ts';

/** A letter in plain text. */
export interface Letter {
  /** Of the letter, not of its delivery: at each delivery the same. Letters, digits, `.` and `-`. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
}

/** What became of it: a server's code of three digits, or a code of why there was none; never anything that a server wrote. */
export type Posted =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: number | null; readonly why: string };

/** A way to one person. */
export interface MailLine {
  send(letter: Letter): Promise<Posted>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

export interface Mail {
  /** Letters under way at a time on one line. */
  readonly sockets: number;
  /** Why nothing may be sent there; null: it may. */
  wrongAddress(url: string): Text | null;
  open(url: string): MailLine;
}

export interface MailOptions {
  /** `smtp://user:password@host:port`, or `smtps:`. The operator's own: what it resolves to is not guarded as webhooks are. */
  readonly server: string;
  /** Who writes: `phasegate@example.com`, or with a name before it in angle brackets. */
  readonly from: string;
  readonly sockets?: number;
  /** Milliseconds to connect and to be greeted, without a sign of life, and for a whole letter. */
  readonly connectMs?: number;
  readonly silentMs?: number;
  readonly totalMs?: number;
}

/** Without a server nothing can be sent. */
export const noMail: Mail = {
  sockets: 1,
  wrongAddress: () => ({
    zh: '没有设置邮件服务器；请用 PHASEGATE_SMTP_URL 和 PHASEGATE_MAIL_FROM 设置后重启服务',
    en: 'there is no mail server; set PHASEGATE_SMTP_URL and PHASEGATE_MAIL_FROM, then start the server again',
  }),
  open: () => ({ send: async () => ({ ok: false, status: null, why: 'NO_MAIL_SERVER' }), close: async () => {} }),
};

/** Sends letters to a mail server, each line over connections of its own. */
export function createMail(options: MailOptions): Mail {
  const { server, from, sockets = 2, connectMs = 5_000, silentMs = 10_000, totalMs = 20_000 } = options;
  const host = /@([^@>]+)>?$/.exec(from)?.[1] ?? 'phasegate';
  return {
    sockets,
    wrongAddress: wrongMailAddress,
    open(url) {
      const to = url.slice('mailto:'.length);
      const transport = createTransport({
        url: server,
        pool: true,
        maxConnections: sockets,
        connectionTimeout: connectMs,
        greetingTimeout: connectMs,
        socketTimeout: silentMs,
        // A letter is what it says, never a file or an address that is looked up.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return {
        async send({ id, subject, text }) {
          if (wrongMailAddress(url) !== null) return { ok: false, status: null, why: 'ADDRESS_REFUSED' };
          const letter = {
            from,
            to,
            subject,
            text,
            messageId: `<${id}@${host}>`,
            headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          };
          let late: NodeJS.Timeout | undefined;
          const tooLong = new Promise<Posted>((resolve) => {
            late = setTimeout(() => resolve({ ok: false, status: null, why: 'TIMEOUT' }), totalMs);
          });
          const sent = transport.sendMail(letter).then((): Posted => ({ ok: true }), failed);
          return Promise.race([sent, tooLong]).finally(() => clearTimeout(late));
        },
        close: async () => transport.close(),
      };
    },
  };
}

/** A server that does not know us is our own affair: whoever the letter is for is still there. */
function failed(error: unknown): Posted {
  const { code, responseCode } = Object(error);
  const named = typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : 'FAILED';
  const status = Number.isInteger(responseCode) && named !== 'EAUTH' ? Number(responseCode) : null;
  return { ok: false, status, why: status === null ? named : `SMTP ${status}` };
}
