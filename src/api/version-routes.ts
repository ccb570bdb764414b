import type { VersionName, VersionRequest, VersionView } from '../service/types.ts';
import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { idempotencyKey, ifMatch } from './headers.ts';
import { processId, versionNumber } from './process-id.ts';
import { numberForm, pageLimit, readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

const ALL = '/v1/processes/{process}/versions';
const ONE = `${ALL}/{version}`;
const DRAFTS = '/v1/processes/{process}/drafts';

export const versionRoutes: readonly Route[] = [
  { method: 'GET', path: ALL, open: false, handle: (exchange) => list(exchange, false) },
  { method: 'GET', path: DRAFTS, open: false, handle: (exchange) => list(exchange, true) },
  { method: 'POST', path: DRAFTS, open: false, handle: draft },
  { method: 'POST', path: `${ONE}/review`, open: false, handle: act('review') },
  { method: 'POST', path: `${ONE}/publish`, open: false, handle: act('publishVersion') },
  { method: 'POST', path: `${ONE}/withdraw`, open: false, handle: act('withdraw') },
];

/** In JSON a text may be twice as long and more; the texts themselves are measured by who reads them. */
const ESCAPED = 4;

async function list(exchange: Exchange, draftsOnly: boolean): Promise<void> {
  const { cursor, limit } = readQuery(exchange, { cursor: numberForm, limit: numberForm });
  const query = { draftsOnly, cursor, limit: pageLimit(exchange, limit) };
  answerJson(exchange, 200, await exchange.world.service.listVersions(processId(exchange), query, exchange.actor));
}

async function draft(exchange: Exchange): Promise<void> {
  // The same draft again is the same line of the record, so that the key is checked for its form and changes nothing.
  idempotencyKey(exchange.req);
  const process = processId(exchange);
  const { yamlBytes, jsonDepth } = exchange.world.limits;
  const given = await readObject(exchange, { jsonBytes: ESCAPED * yamlBytes, jsonDepth });
  const { created, ...drafted } = await exchange.world.service.draft(process, given, exchange.actor);
  const { version } = drafted.version;
  answerJson(exchange, created ? 201 : 200, drafted, [
    'ETag',
    etagOf(drafted.version),
    'Location',
    `/v1/processes/${process}/versions/${version}`,
  ]);
}

/** What was done last, done again in the same words, is answered as it stands: as for drafts. */
function act(verb: 'review' | 'publishVersion' | 'withdraw'): Route['handle'] {
  return async (exchange) => {
    idempotencyKey(exchange.req);
    const name: VersionName = { process: processId(exchange), version: versionNumber(exchange) };
    const seen = ifMatch(exchange.req);
    const request: VersionRequest = { given: await readObject(exchange), ifMatch: seen, actor: exchange.actor };
    const view = await exchange.world.service[verb](name, request);
    answerJson(exchange, 200, view, ['ETag', etagOf(view)]);
  };
}

function etagOf({ revision }: VersionView): string {
  return `"${revision}"`;
}
