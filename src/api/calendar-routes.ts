import { ProcessError } from '../errors.ts';
import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { instantForm, readQuery } from './query.ts';
import type { Route } from './route.ts';

export const calendarRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/calendars', open: false, handle: listCalendars },
  { method: 'GET', path: '/v1/calendars/{calendar}', open: false, handle: showCalendar },
  { method: 'GET', path: '/v1/calendars/{calendar}/between', open: false, handle: explainBetween },
];

async function listCalendars(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerJson(exchange, 200, { calendars: exchange.world.service.listCalendars() });
}

async function showCalendar(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerJson(exchange, 200, exchange.world.service.getCalendar(String(exchange.params.calendar)));
}

async function explainBetween(exchange: Exchange): Promise<void> {
  const query = readQuery(exchange, { from: instantForm, to: instantForm });
  const [from, to] = [needed('from', query.from), needed('to', query.to)];
  answerJson(exchange, 200, exchange.world.service.between(String(exchange.params.calendar), from, to));
}

function needed(parameter: string, value: string | null): string {
  if (value !== null) return value;
  throw new ProcessError(
    'malformed-request',
    {
      zh: `缺少查询参数 ${parameter}，应为${instantForm.expected.zh}。`,
      en: `The query parameter ${parameter} is missing; it must be ${instantForm.expected.en}.`,
    },
    { parameter },
  );
}
