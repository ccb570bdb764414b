import type { FoundEntries, HistorySearch } from '../service/types.ts';
import type { Text } from '../text.ts';
import { answer } from './answer.ts';
import { closeExchange, type Exchange } from './exchange.ts';
import type { ExportFormat } from './export-formats.ts';
import { securityHeaders } from './security-headers.ts';

/** Requests that one export counts as. */
const WEIGHT = 10;

/**
 * Writes what a search finds as a file, page by page, so that never more than a page is held. It ends with a line that says
 * so where there is more than may be handed out at once, or where it takes too long.
 */
export async function exportHistory(
  exchange: Exchange,
  search: Omit<HistorySearch, 'limit'>,
  format: ExportFormat,
): Promise<void> {
  const { world, req, res, actor } = exchange;
  const { service, limits, rates, clock } = world;
  if (!(await rates.weight(exchange, WEIGHT))) return;
  const ask = (cursor: string | null, written: number) => {
    const limit = Math.min(limits.pageMax, limits.exportMost - written);
    return service.searchHistory({ ...search, cursor, limit }, actor);
  };
  // What is wrong with the search is said before anything is written.
  let page = await ask(search.cursor, 0);
  const headers = [
    'Content-Type',
    format.type,
    'Content-Disposition',
    `attachment; filename="${fileName(clock.now(), format)}"`,
    'Cache-Control',
    'no-store',
  ];
  if (req.method === 'HEAD') {
    answer(exchange, 200, '', headers);
    return;
  }
  if (res.headersSent || res.destroyed) return;
  res.writeHead(200, [...securityHeaders(), 'X-Request-Id', exchange.requestId, ...headers]);
  const until = exchange.startedAt + limits.longRequestTimeoutMs * 0.8;
  try {
    await write(exchange, format.head);
    for (let written = 0; ; ) {
      await write(exchange, linesOf(page, format));
      written += page.entries.length;
      if (res.destroyed || page.next === null) break;
      const isOver = performance.now() > until || world.stopping;
      if (isOver || written >= limits.exportMost) {
        await write(exchange, format.cut(isOver ? tooLong(written) : tooMany(written), page.next));
        break;
      }
      page = await ask(page.next, written);
    }
    res.end();
    closeExchange(exchange, 200, null);
  } catch (error) {
    // Who reads it sees that it has no end.
    res.destroy();
    throw error;
  }
}

function linesOf({ entries, keys }: FoundEntries, format: ExportFormat): string {
  return entries.map((entry) => format.line(entry, keys[entry.instance] ?? null)).join('');
}

/** Resolves when little waits to be read, or nobody reads any more. */
function write({ res }: Exchange, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (res.destroyed || text === '' || res.write(text)) {
      resolve();
      return;
    }
    const done = () => {
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.on('drain', done);
    res.on('close', done);
  });
}

function fileName(now: string, { ending }: ExportFormat): string {
  return `phasegate-history-${now.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')}.${ending}`;
}

function tooMany(count: number): Text {
  return {
    zh: `未完：一次最多导出 ${count} 条。请缩小条件，或以下面的 cursor 继续。`,
    en: `There is more: ${count} entries are handed out at once. Narrow the search, or go on with this cursor.`,
  };
}

function tooLong(count: number): Text {
  return {
    zh: `未完：时间已到，已导出 ${count} 条。请缩小条件，或以下面的 cursor 继续。`,
    en: `There is more: the time was over after ${count} entries. Narrow the search, or go on with this cursor.`,
  };
}
