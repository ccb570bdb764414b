import { ProcessError } from '../errors.ts';
import { Gone } from './answer.ts';
import type { Exchange } from './exchange.ts';

/**
 * Whether somebody still waits for an answer that takes its time. Aborted with {@link Gone} once the connection is closed,
 * and with `unavailable` when the time of a long request is over.
 */
export function awaitedBy({ res, world: { limits } }: Exchange): AbortSignal {
  const controller = new AbortController();
  const seconds = limits.longRequestTimeoutMs / 1000;
  const late = setTimeout(() => controller.abort(tooLate(seconds)), limits.longRequestTimeoutMs).unref();
  const close = () => {
    clearTimeout(late);
    controller.abort(new Gone('the caller has gone'));
  };
  if (res.closed) close();
  else res.once('close', close);
  return controller.signal;
}

function tooLate(seconds: number): ProcessError {
  return new ProcessError('unavailable', {
    zh: `处理超过 ${seconds} 秒，已停止。请缩小范围后重试。`,
    en: `It took more than ${seconds} s and was stopped. Ask for less.`,
  });
}
