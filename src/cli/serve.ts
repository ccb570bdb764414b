import pino from 'pino';
import type { CommandSpec } from './command.ts';
import { exitCodes } from './exit.ts';
import { openServer } from './server.ts';

/** In-flight requests are answered and the database is closed within this time, or what is left is cut. */
const STOP_MS = 10_000;

export const serve: CommandSpec = {
  name: 'serve',
  summary: {
    zh: '启动服务：准备数据库，发布流程目录中的全部流程，然后应答 HTTP 请求',
    en: 'run the server: prepare the database, publish every process of the folder, answer HTTP requests',
  },
  args: [],
  options: [],
  settings: ['server', 'files', 'database'],
  async run(cli) {
    const { io, config } = cli;
    const stopRequested = io.stopRequested();
    const stream = await io.openLog();
    const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
    try {
      const server = await openServer(cli, log);
      if (server === null) return exitCodes.refused;
      const signal = await stopRequested;
      log.info({ signal }, 'stopping');
      const inTime = await withinMs(server.stop(), STOP_MS);
      if (inTime) log.info('stopped');
      else log.error('stopping took too long; what was left is cut');
      return inTime ? exitCodes.ok : exitCodes.refused;
    } finally {
      stream.flushSync();
    }
  },
};

async function withinMs(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | null = null;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}
