import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { cursorForm, type Form, idForm, numberForm, oneOf, pageLimit, readQuery } from './query.ts';
import type { Route } from './route.ts';

export const evidenceRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/evidence', open: false, handle: listEvidence },
  { method: 'GET', path: '/v1/evidence/{process}/{evidence}/instances', open: false, handle: listResting },
];

const states = ['valid', 'expired'] as const;

const scopeForm: Form = {
  pattern: /^\{[^\p{Cc}\p{Cs}]{0,1500}\}$/u,
  expected: {
    zh: 'JSON 对象，例如 {"region":"east-china"}',
    en: 'a JSON object, e.g. {"region":"east-china"}',
  },
};

async function listEvidence(exchange: Exchange): Promise<void> {
  const query = readQuery(exchange, {
    process: idForm,
    evidence: idForm,
    state: oneOf(...states),
    cursor: cursorForm,
    limit: numberForm,
  });
  const state = states.find((known) => known === query.state) ?? null;
  const limit = pageLimit(exchange, query.limit);
  answerJson(exchange, 200, await exchange.world.service.listEvidence({ ...query, state, limit }, exchange.actor));
}

/** A name that no process has is one that nobody rests on: an empty list. */
async function listResting(exchange: Exchange): Promise<void> {
  const { process, evidence } = exchange.params;
  const query = readQuery(exchange, { scope: scopeForm, cursor: cursorForm, limit: numberForm });
  const wanted = {
    ...query,
    process: String(process),
    evidence: String(evidence),
    limit: pageLimit(exchange, query.limit),
  };
  answerJson(exchange, 200, await exchange.world.service.listResting(wanted, exchange.actor));
}
