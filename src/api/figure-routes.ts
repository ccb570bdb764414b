import { ProcessError } from '../errors.ts';
import { type FigureName, figureNames } from '../service/figure-types.ts';
import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { processId } from './process-id.ts';
import { cursorForm, type Form, idForm, instantForm, numberForm, oneOf, pageLimit, readQuery } from './query.ts';
import type { Route } from './route.ts';

export const figureRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/processes/{process}/figures', open: false, handle: showFigures },
  { method: 'GET', path: '/v1/processes/{process}/figures/instances', open: false, handle: listFigureInstances },
];

const momentForm: Form = {
  pattern: new RegExp(String.raw`^\d{4}-\d{2}-\d{2}$|${instantForm.pattern.source}`),
  expected: {
    zh: `日期（如 2026-02-13，按流程所在时区）或${instantForm.expected.zh}`,
    en: `a date (2026-02-13, in the zone of the process) or ${instantForm.expected.en}`,
  },
};
const clockForm: Form = {
  pattern: /^(?:process|(?:phase|step|activity|approval)\/[a-z][a-z0-9-]{0,63})$/,
  expected: { zh: '时限的标识，例如 step/negotiation', en: 'the id of a clock, e.g. step/negotiation' },
};
const gateForm: Form = {
  pattern: /^(?:(?:step|phase)\/(?:entry|exit)\/)?[a-z][a-z0-9-]{0,63}$/,
  expected: {
    zh: '关口，例如 step/exit/negotiation，或条件项的种类，例如 activity',
    en: 'a gate, e.g. step/exit/negotiation, or a kind of criterion, e.g. activity',
  },
};
const orNoneForm: Form = {
  pattern: new RegExp(`${idForm.pattern.source}|^-$`),
  expected: { zh: '标识，或 -（无）', en: 'an id, or - for none' },
};

const periodForms = { since: momentForm, until: momentForm, version: numberForm };
const instanceForms = {
  ...periodForms,
  figure: oneOf(...figureNames),
  step: idForm,
  clock: clockForm,
  gate: gateForm,
  criterion: idForm,
  outcome: orNoneForm,
  reason: orNoneForm,
  cursor: cursorForm,
  limit: numberForm,
};

async function showFigures(exchange: Exchange): Promise<void> {
  const process = processId(exchange);
  const { version, ...period } = readQuery(exchange, periodForms);
  const query = { ...period, version: numberIn(version) };
  answerJson(exchange, 200, await exchange.world.service.getFigures(process, query, exchange.actor));
}

async function listFigureInstances(exchange: Exchange): Promise<void> {
  const process = processId(exchange);
  const { figure, version, limit, ...wanted } = readQuery(exchange, instanceForms);
  const query = {
    ...wanted,
    figure: figureIn(figure),
    version: numberIn(version),
    limit: pageLimit(exchange, limit),
  };
  answerJson(exchange, 200, await exchange.world.service.figureInstances(process, query, exchange.actor));
}

function numberIn(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function figureIn(text: string | null): FigureName {
  const found = figureNames.find((name) => name === text);
  if (found !== undefined) return found;
  throw new ProcessError(
    'malformed-request',
    {
      zh: `缺少查询参数 figure，应为以下之一：${figureNames.join('、')}。`,
      en: `The query parameter figure is missing; it must be one of ${figureNames.join(', ')}.`,
    },
    { parameter: 'figure' },
  );
}
