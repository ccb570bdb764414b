import { ProcessError } from '../errors.ts';
import type { Exchange } from './exchange.ts';
import { numberForm } from './query.ts';

/** What could be a slip of an id is looked up, so that what was meant can be said; nothing else is. */
const ALMOST_ID = /^[\w-]{1,64}$/;

/** The process that the path names. Throws `not-found` for what no id looks like. */
export function processId(exchange: Exchange): string {
  const process = exchange.params.process;
  if (typeof process === 'string' && ALMOST_ID.test(process)) return process;
  throw noProcess();
}

/** The number of the version that the path names. Throws `not-found`. */
export function versionNumber(exchange: Exchange): number {
  const version = String(exchange.params.version);
  if (!numberForm.pattern.test(version)) throw noProcess();
  return Number(version);
}

function noProcess(): ProcessError {
  return new ProcessError('not-found', {
    zh: '没有这个流程或版本。请用 GET /v1/processes 查看已发布的流程。',
    en: 'There is no such process or version. See GET /v1/processes for what is published.',
  });
}
