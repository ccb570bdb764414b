import { ProcessError } from '../errors.ts';
import type { CardDetail, GraphFormat } from '../service/types.ts';
import type { Language } from '../text.ts';
import { answer, answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { preferredLanguage } from './language.ts';
import { processId } from './process-id.ts';
import { type Form, numberForm, oneOf, readQuery } from './query.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { readYaml } from './yaml-body.ts';

export const graphRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/processes/{process}/graph', open: false, handle: drawProcess },
  { method: 'POST', path: '/v1/processes/graph', open: false, handle: layOutFile },
];

const drawings: Readonly<Record<GraphFormat, string>> = {
  svg: 'image/svg+xml; charset=utf-8',
  mermaid: 'text/vnd.mermaid; charset=utf-8',
  xstate: 'application/json; charset=utf-8',
};
/** A drawing may carry its own styles. */
const drawingSafety = securityHeaders({ 'style-src': ["'unsafe-inline'"] });

/** What a layout is to say of each step, and for how many lines of the reader's own it is to have room. */
const detailForms = {
  detail: oneOf('steps', 'activities'),
  lines: { pattern: /^[0-4]$/, expected: { zh: '0–4 的整数', en: 'a whole number from 0 to 4' } },
} as const satisfies Readonly<Record<string, Form>>;

async function drawProcess(exchange: Exchange): Promise<void> {
  const process = processId(exchange);
  const { format, version, ...given } = readQuery(exchange, {
    format: oneOf('svg', 'mermaid', 'xstate', 'layout'),
    version: numberForm,
    ...detailForms,
  });
  const { service } = exchange.world;
  const language = languageOf(exchange);
  const number = version === null ? null : Number(version);
  if (format === 'layout') {
    const picture = await service.layOut({ process, version: number }, language, detailOf(given), exchange.actor);
    answerJson(exchange, 200, picture, inLanguage(language));
    return;
  }
  const useless = Object.entries(given).find(([, value]) => value !== null)?.[0];
  if (useless !== undefined) throw onlyForLayouts(useless);
  const kind = format === 'mermaid' || format === 'xstate' ? format : 'svg';
  const drawing = await service.graph(process, number, kind, language, exchange.actor);
  const headers = ['Content-Type', drawings[kind], ...inLanguage(language), 'Cache-Control', 'no-store'];
  answer(exchange, 200, drawing, headers, null, drawingSafety);
}

async function layOutFile(exchange: Exchange): Promise<void> {
  const detail = detailOf(readQuery(exchange, detailForms));
  const language = languageOf(exchange);
  const yaml = await readYaml(exchange);
  answerJson(exchange, 200, exchange.world.service.layOutFile(yaml, language, detail), inLanguage(language));
}

function detailOf({ detail, lines }: Readonly<Record<keyof typeof detailForms, string | null>>): CardDetail {
  return { detail: detail === 'activities' ? 'activities' : 'steps', lines: Number(lines ?? 0) };
}

const languageOf = ({ req }: Exchange): Language => preferredLanguage(req.headers['accept-language']);

const inLanguage = (language: Language): readonly string[] => ['Content-Language', language, 'Vary', 'Accept-Language'];

function onlyForLayouts(parameter: string): ProcessError {
  return new ProcessError(
    'malformed-request',
    {
      zh: `查询参数 ${parameter} 只用于 format=layout。`,
      en: `The query parameter ${parameter} is for format=layout alone.`,
    },
    { parameter },
  );
}
