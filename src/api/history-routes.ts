import { ProcessError } from '../errors.ts';
import type { HistorySearch } from '../service/types.ts';
import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { exportFormats } from './export-formats.ts';
import { exportHistory } from './history-export.ts';
import {
  cursorForm,
  idForm,
  instanceForm,
  instantForm,
  keyForm,
  nameForm,
  numberForm,
  oneOf,
  pageLimit,
  readQuery,
} from './query.ts';
import type { Route } from './route.ts';

export const historyRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/history', open: false, handle: searchHistory },
  { method: 'GET', path: '/v1/history/export', open: false, isLong: true, handle: sendFile },
];

const forms = {
  process: idForm,
  actor: nameForm,
  type: idForm,
  since: instantForm,
  until: instantForm,
  accepted: oneOf('true', 'false'),
  overridden: oneOf('true', 'false'),
  instance: instanceForm,
  key: keyForm,
  cursor: cursorForm,
};

async function searchHistory(exchange: Exchange): Promise<void> {
  const { limit, ...query } = readQuery(exchange, { ...forms, limit: numberForm });
  const search = { ...searchOf(query), limit: pageLimit(exchange, limit) };
  answerJson(exchange, 200, await exchange.world.service.searchHistory(search, exchange.actor));
}

async function sendFile(exchange: Exchange): Promise<void> {
  const { format, ...query } = readQuery(exchange, { ...forms, format: oneOf(...Object.keys(exportFormats)) });
  const found = Object.entries(exportFormats).find(([name]) => name === format)?.[1];
  if (found === undefined) {
    const list = Object.keys(exportFormats).join(', ');
    throw new ProcessError(
      'malformed-request',
      {
        zh: `缺少查询参数 format，应为以下之一：${list}。`,
        en: `The query parameter format is missing; it must be one of ${list}.`,
      },
      { parameter: 'format' },
    );
  }
  await exportHistory(exchange, searchOf(query), found);
}

function searchOf(query: Readonly<Record<keyof typeof forms, string | null>>): Omit<HistorySearch, 'limit'> {
  return { ...query, accepted: truth(query.accepted), overridden: truth(query.overridden) };
}

function truth(text: string | null): boolean | null {
  return text === null ? null : text === 'true';
}
