import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { cursorForm, idForm, nameForm, numberForm, pageLimit, readQuery } from './query.ts';
import type { Route } from './route.ts';

export const workRoutes: readonly Route[] = [{ method: 'GET', path: '/v1/work', open: false, handle: listWork }];

const forms = { role: idForm, actor: nameForm, process: idForm, cursor: cursorForm, limit: numberForm };

async function listWork(exchange: Exchange): Promise<void> {
  const { limit, ...wanted } = readQuery(exchange, forms);
  const query = { ...wanted, limit: pageLimit(exchange, limit) };
  answerJson(exchange, 200, await exchange.world.service.listWork(query, exchange.actor));
}
