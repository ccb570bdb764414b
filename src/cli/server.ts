import type { Logger } from 'pino';
import { createApi, type Listening, listen } from '../api/index.ts';
import type { Clock } from '../clock.ts';
import { allowList, createDelivery, createMail, type Mail, noMail } from '../delivery/index.ts';
import { ProcessError } from '../errors.ts';
import { newId } from '../ids.ts';
import { createService, type Service } from '../service/index.ts';
import type { Store } from '../store/index.ts';
import {
  createChildren,
  createDeliveries,
  createFigureFiling,
  createMessageTidying,
  createRetention,
  createRowFiling,
  createSchedules,
  createSignalRetention,
  createSignals,
  createStreaming,
  createTimekeeping,
  createTimers,
  type Loop,
} from '../workers/index.ts';
import { ensureAdminKey, issueAdminTicket, makeFirstKey } from './admin-key.ts';
import type { Cli } from './command.ts';
import type { Config } from './config.ts';
import { readConsole } from './console-files.ts';
import { openConfiguredStore } from './database.ts';
import { UsageError } from './exit.ts';
import { checkedFiles, publishAll } from './published-processes.ts';
import { readyText } from './ready-text.ts';
import { storeClock } from './store-clock.ts';
import { configuredTokens } from './tokens.ts';
import { versionTests } from './version-tests.ts';

export interface RunningServer {
  readonly url: string;
  /** Takes no new request, answers those in flight, then closes everything in the opposite order of opening. */
  stop(): Promise<void>;
}

/** Milliseconds that requests in flight have to end; the rest of the 10 s is for the database. */
const DRAIN_MS = 8_000;

/** Puts the whole product together. Null: a process file has errors, which have been told. */
export async function openServer(cli: Cli, log: Logger): Promise<RunningServer | null> {
  const { config } = cli;
  const files = checkedFiles(cli, log);
  if (files === null) return null;
  const { processes, calendars } = files;
  if (config.synchronous === 'NORMAL') {
    log.warn('PHASEGATE_SYNCHRONOUS is NORMAL: the last commits may be lost when the power fails');
  }
  const store = await openConfiguredStore(config, true);
  try {
    await store.migrate();
    const { clock, look } = await storeClock(store, log);
    const tokens = configuredTokens(config, clock);
    const { maxQueued, maxCached, idempotencyDays, review } = config;
    const options = { maxQueued, maxCached, idempotencyDays, review, tests: versionTests };
    // Its entries were checked where the configuration was read.
    const allow = allowList(config.webhookAllow);
    const delivery = createDelivery(allow === null ? {} : { allow });
    const mail = configuredMail(config);
    const service = createService({ store, clock, newId, tokens, delivery, mail, calendars, ...options });
    await ensureAdminKey(cli, { store, clock, log });
    await publishAll(service, processes, log);
    const listening = await listenOrSay(cli, service, log, clock);
    const onError = (err: unknown, worker: string) =>
      log.error({ err, worker }, 'a background run failed; it is tried again');
    const workers = [
      createRetention(service, { onError }),
      createRowFiling(service, { onError }),
      createFigureFiling(service, { onError }),
      createChildren(service, { onError }),
      createDeliveries(service, { onError }),
      createMessageTidying(service, { onError }),
      createTimers(service, { onError }),
      createSchedules(service, { onError }),
      createStreaming(service, { onError }),
      createSignals(service, { onError }),
      createSignalRetention(service, { onError }),
      ...(look === null ? [] : [createTimekeeping(look, { onError })]),
    ];
    for (const worker of workers) worker.start();
    log.info({ url: listening.url, processes: processes.length }, 'ready');
    const key = await makeFirstKey(store, service);
    const ticket = showsLink(cli) ? issueAdminTicket(service) : null;
    cli.io.err(readyText(cli, { url: listening.url, ticket, key }));
    return { url: listening.url, stop: () => stopAll(listening, service, workers, store) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function configuredMail({ smtpUrl, mailFrom }: Config): Mail {
  if (smtpUrl === null && mailFrom === null) return noMail;
  if (smtpUrl !== null && mailFrom !== null) return createMail({ server: smtpUrl, from: mailFrom });
  throw new UsageError({
    zh: 'PHASEGATE_SMTP_URL 和 PHASEGATE_MAIL_FROM 须一并设置',
    en: 'PHASEGATE_SMTP_URL and PHASEGATE_MAIL_FROM belong together: set both',
  });
}

async function stopAll(
  listening: Listening,
  service: Service,
  workers: readonly Pick<Loop, 'stop'>[],
  store: Store,
): Promise<void> {
  await listening.close(DRAIN_MS);
  for (const worker of workers) await worker.stop();
  await service.stop();
  await store.close();
}

async function listenOrSay({ config }: Cli, service: Service, log: Logger, clock: Clock): Promise<Listening> {
  const { host, port } = config;
  try {
    // The configuration names every limit of the API, under the same names.
    return await listen(createApi({ service, log, limits: config, clock, console: readConsole() }), host, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const where = `${host}:${port}`;
    if (code === 'EADDRINUSE') {
      throw new ProcessError('unavailable', {
        zh: `${where} 已被另一个程序占用。请停止那个程序，或用 PHASEGATE_PORT 指定其他端口（0 表示任一空闲端口）`,
        en: `another program listens on ${where}. Stop it, or give another port with PHASEGATE_PORT (0 is any free one)`,
      });
    }
    if (['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
      throw new ProcessError('unavailable', {
        zh: `无法在 ${where} 监听（${code}）。请检查 PHASEGATE_HOST 与 PHASEGATE_PORT`,
        en: `it is not possible to listen on ${where} (${code}). Check PHASEGATE_HOST and PHASEGATE_PORT`,
      });
    }
    throw error;
  }
}

/** At a terminal somebody reads it and it is gone; what a service writes is kept, and others read it. */
function showsLink({ io, config: { signInLink } }: Cli): boolean {
  return signInLink === 'always' || (signInLink === 'terminal' && io.terminal);
}
