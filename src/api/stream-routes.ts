import { ProcessError } from '../errors.ts';
import type { OpenStream, StreamQuery } from '../service/types.ts';
import { authenticated } from './admission.ts';
import { answer, answerProblem } from './answer.ts';
import { createEventWriter } from './event-writer.ts';
import type { Exchange } from './exchange.ts';
import { closeExchange } from './exchange.ts';
import { idForm, instanceForm, positionForm, readQuery, typesForm } from './query.ts';
import { nameOf } from './rates.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';

export const streamRoutes: readonly Route[] = [{ method: 'GET', path: '/v1/stream', open: false, handle: stream }];

/** Seconds after which somebody who has too many streams may come again. */
const RETRY_AFTER = 5;

const HEADERS = [
  'Content-Type',
  'text/event-stream; charset=utf-8',
  'Cache-Control',
  'no-store',
  'X-Accel-Buffering',
  'no',
];

async function stream(exchange: Exchange): Promise<void> {
  const query = queryOf(exchange);
  // It would never end.
  if (exchange.req.method === 'HEAD') {
    answer(exchange, 200, '', HEADERS);
    return;
  }
  const { world, actor, req, res } = exchange;
  const { limits, streams } = world;
  if (world.stopping) throw stopping();
  const of = nameOf(exchange);
  const own = [...streams].filter((other) => other.of === of).length;
  if (own >= limits.streamsPerActor || streams.size >= limits.streamsInAll) {
    answerProblem(exchange, tooMany(limits), ['Retry-After', String(RETRY_AFTER)]);
    return;
  }
  const writer = createEventWriter(res, limits.streamBufferBytes);
  const running = { of, end: writer.end };
  streams.add(running);
  let opened: OpenStream | null = null;
  let isGone = false;
  let beat: NodeJS.Timeout | null = null;
  res.once('close', () => {
    isGone = true;
    streams.delete(running);
    opened?.close();
    if (beat !== null) clearInterval(beat);
  });
  try {
    opened = await world.service.openStream(query, actor, {
      open(gap) {
        if (isGone || res.headersSent) return;
        res.writeHead(200, [...securityHeaders(), 'X-Request-Id', exchange.requestId, ...HEADERS]);
        writer.retry();
        if (gap !== null) writer.event('gap', JSON.stringify(gap));
        closeExchange(exchange, 200, null);
      },
      message: writer.message,
      drained: writer.drained,
      cut: writer.end,
    });
  } catch (error) {
    streams.delete(running);
    throw error;
  }
  if (world.stopping) writer.end();
  if (isGone) {
    opened.close();
    return;
  }
  const { position } = opened;
  const name = JSON.stringify(actor);
  beat = setInterval(() => {
    // A key that was revoked, or holds other roles by now, is not told any more.
    authenticated(exchange).then(
      (found) => {
        if (found instanceof ProcessError || JSON.stringify(found) !== name) writer.end();
        else writer.beat(world.clock.now(), position());
      },
      () => writer.end(),
    );
  }, limits.heartbeatMs).unref();
  if (req.destroyed) res.destroy();
}

function queryOf(exchange: Exchange): StreamQuery {
  const forms = { process: idForm, instance: instanceForm, types: typesForm, lastEventId: positionForm };
  const { lastEventId, ...query } = readQuery(exchange, forms);
  const header = exchange.req.headers['last-event-id'];
  return { ...query, after: typeof header === 'string' && header !== '' ? header : lastEventId };
}

function stopping(): ProcessError {
  return new ProcessError('unavailable', {
    zh: '服务正在停止；请稍后重新连接',
    en: 'the server is stopping; connect again in a moment',
  });
}

function tooMany({ streamsPerActor, streamsInAll }: Exchange['world']['limits']): ProcessError {
  return new ProcessError('too-many-requests', {
    zh: `每个操作者最多同时 ${streamsPerActor} 个流，总共 ${streamsInAll} 个。请关闭不用的流，或 ${RETRY_AFTER} 秒后重试。`,
    en: `One actor may have ${streamsPerActor} streams at a time, all together ${streamsInAll}. Close those that nobody reads, or try again in ${RETRY_AFTER} s.`,
  });
}
