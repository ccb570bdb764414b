import { ProcessError } from '../errors.ts';
import type { Exchange } from './exchange.ts';

/** What could be a slip of an id is looked up, so that what was meant can be said; nothing else is. */
const ALMOST_ID = /^[\w-]{1,64}$/;

/** The process that the path names. Throws `not-found` for what no id looks like. */
export function processId(exchange: Exchange): string {
  const process = exchange.params.process;
  if (typeof process === 'string' && ALMOST_ID.test(process)) return process;
  throw noProcess();
}

export function noProcess(): ProcessError {
  return new ProcessError('not-found', {
    zh: '没有这个流程或版本。请用 GET /v1/processes 查看已发布的流程。',
    en: 'There is no such process or version. See GET /v1/processes for what is published.',
  });
}
