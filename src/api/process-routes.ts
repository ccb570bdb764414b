import { ProcessError } from '../errors.ts';
import type { ProcessVersion } from '../service/types.ts';
import type { Text } from '../text.ts';
import { answer, answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { idempotencyKey, ifMatch, preferredType } from './headers.ts';
import { processId, versionNumber } from './process-id.ts';
import { nameForm, numberForm, readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';
import { readYaml } from './yaml-body.ts';

export const processRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/processes', open: false, handle: listProcesses },
  { method: 'POST', path: '/v1/processes', open: false, handle: publishProcess },
  { method: 'POST', path: '/v1/processes/check', open: false, handle: checkProcess },
  { method: 'POST', path: '/v1/processes/edit', open: false, handle: editProcess },
  { method: 'GET', path: '/v1/processes/{process}', open: false, handle: showProcess },
  { method: 'GET', path: '/v1/processes/{process}/versions/{version}', open: false, handle: showVersion },
  { method: 'GET', path: '/v1/processes/{process}/board', open: false, handle: showBoard },
  { method: 'GET', path: '/v1/processes/{process}/diff', open: false, handle: diffVersions },
];

async function listProcesses(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerJson(exchange, 200, { processes: await exchange.world.service.listProcesses(exchange.actor) });
}

async function showBoard(exchange: Exchange): Promise<void> {
  const process = processId(exchange);
  const { owner } = readQuery(exchange, { owner: nameForm });
  answerJson(exchange, 200, await exchange.world.service.getBoard(process, owner, exchange.actor));
}

async function publishProcess(exchange: Exchange): Promise<void> {
  // Publishing is idempotent by content, so the two headers are checked for their form and change nothing.
  idempotencyKey(exchange.req);
  ifMatch(exchange.req);
  readQuery(exchange, {});
  const yaml = await readYaml(exchange);
  const published = await exchange.world.service.publish(yaml, exchange.actor);
  const { created, standing: _, ...body } = published;
  answerJson(exchange, created ? 201 : 200, body, [
    'Location',
    `/v1/processes/${published.process}/versions/${published.version}`,
  ]);
}

async function checkProcess(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  const yaml = await readYaml(exchange);
  answerJson(exchange, 200, exchange.world.service.check(yaml));
}

async function editProcess(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  const { limits, service } = exchange.world;
  const { yaml, operations, ...unknown } = await readObject(exchange, {
    ...limits,
    // A file, and what is done with it.
    jsonBytes: limits.yamlBytes + limits.jsonBytes,
  });
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) {
    throw invalid(`/${stranger}`, {
      zh: `没有成员 ${stranger}；有 yaml、operations`,
      en: `there is no member ${stranger}; there are yaml, operations`,
    });
  }
  if (typeof yaml !== 'string') {
    throw invalid('/yaml', {
      zh: '/yaml 应为流程文件的全文（文本）',
      en: '/yaml should be the whole text of a process file',
    });
  }
  answerJson(exchange, 200, service.edit(yaml, operations));
}

function invalid(pointer: string, message: Text): ProcessError {
  return new ProcessError('invalid-input', message, { errors: [{ pointer, message }] });
}

async function showProcess(exchange: Exchange): Promise<void> {
  const process = processId(exchange);
  readQuery(exchange, {});
  present(exchange, await exchange.world.service.getProcess(process, null, exchange.actor));
}

async function showVersion(exchange: Exchange): Promise<void> {
  const process = processId(exchange);
  readQuery(exchange, {});
  present(exchange, await exchange.world.service.getProcess(process, versionNumber(exchange), exchange.actor));
}

/** JSON, or the file as it was published when `Accept` prefers YAML. */
function present(exchange: Exchange, version: ProcessVersion): void {
  const { yaml, ...json } = version;
  const type = preferredType(exchange.req, ['application/json', 'application/yaml', 'text/yaml']);
  if (type === 'application/json') answerJson(exchange, 200, json, ['Vary', 'Accept']);
  else {
    const headers = ['Content-Type', `${type}; charset=utf-8`, 'Cache-Control', 'no-store', 'Vary', 'Accept'];
    answer(exchange, 200, yaml, headers);
  }
}

async function diffVersions(exchange: Exchange): Promise<void> {
  const process = processId(exchange);
  const { from, to } = readQuery(exchange, { from: numberForm, to: numberForm });
  if (from === null) {
    throw new ProcessError(
      'malformed-request',
      {
        zh: `缺少查询参数 from，应为${numberForm.expected.zh}（较早的版本）。`,
        en: `The query parameter from is missing; it must be ${numberForm.expected.en} (the older version).`,
      },
      { parameter: 'from' },
    );
  }
  const newer = to === null ? null : Number(to);
  answerJson(exchange, 200, await exchange.world.service.diff(process, Number(from), newer, exchange.actor));
}
