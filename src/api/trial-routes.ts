import { ProcessError } from '../errors.ts';
import { answerJson, answerProblem } from './answer.ts';
import { awaitedBy } from './caller.ts';
import type { Exchange } from './exchange.ts';
import { preferredType } from './headers.ts';
import { createLineWriter, LINES } from './line-writer.ts';
import { processId } from './process-id.ts';
import { readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

const ONE = '/v1/processes/{process}';

/** What a file that need not be published would be and do: nothing is kept. */
export const trialRoutes: readonly Route[] = [
  { method: 'POST', path: `${ONE}/diff`, open: false, handle: diffText },
  { method: 'POST', path: `${ONE}/test`, open: false, handle: tryTests },
  { method: 'POST', path: `${ONE}/replay`, open: false, isLong: true, handle: replay },
];

/** Each takes the processor for seconds, in turns with everything else. */
const MOST_TESTS = 4;
const MOST_REPLAYS = 2;
/** Seconds after which it may be tried again. */
const RETRY_AFTER = 5;

async function diffText(exchange: Exchange): Promise<void> {
  const { process, body } = await read(exchange);
  answerJson(exchange, 200, await exchange.world.service.diffText(process, body, exchange.actor));
}

async function tryTests(exchange: Exchange): Promise<void> {
  const { process, body } = await read(exchange);
  if (!hasRoom(exchange, MOST_TESTS)) return;
  const { service } = exchange.world;
  answerJson(exchange, 200, await service.tryTests(process, body, awaitedBy(exchange), exchange.actor));
}

/** One answer, or as lines of JSON: how far it is, again and again, and at last the answer. */
async function replay(exchange: Exchange): Promise<void> {
  const type = preferredType(exchange.req, ['application/json', LINES]);
  const { process, body } = await read(exchange);
  if (!hasRoom(exchange, MOST_REPLAYS)) return;
  const caller = awaitedBy(exchange);
  const { service } = exchange.world;
  if (type !== LINES) {
    const watch = { progress() {}, caller };
    answerJson(exchange, 200, await service.replayCandidate(process, body, watch, exchange.actor), ['Vary', 'Accept']);
    return;
  }
  const lines = createLineWriter(exchange);
  try {
    const progress = (done: number, all: number) => lines.now({ progress: { done, all } });
    const result = await service.replayCandidate(process, body, { progress, caller }, exchange.actor);
    lines.end({ result });
  } catch (error) {
    lines.fail(error);
  }
}

/** False: as many run already, which is answered. */
function hasRoom(exchange: Exchange, most: number): boolean {
  const running = [...exchange.world.open].filter(({ route }) => route === exchange.route);
  if (running.length <= most) return true;
  const error = new ProcessError('too-many-requests', {
    zh: `同时最多进行 ${most} 个这样的请求。请在 ${RETRY_AFTER} 秒后重试。`,
    en: `At most ${most} of these run at a time. Try again in ${RETRY_AFTER} s.`,
  });
  answerProblem(exchange, error, ['Retry-After', String(RETRY_AFTER)]);
  return false;
}

/** A file of a process, and another of scenarios. */
async function read(exchange: Exchange) {
  const process = processId(exchange);
  readQuery(exchange, {});
  const { bulkBytes, jsonDepth } = exchange.world.limits;
  return { process, body: await readObject(exchange, { jsonBytes: bulkBytes, jsonDepth }) };
}
