import { parseDuration } from '../definition/index.ts';
import type { ReopenPolicy } from '../definition/types.ts';
import type { Context } from './context.ts';
import { state } from './state-criteria.ts';
import { laterBy } from './time.ts';
import type { LastMove, Reason } from './types.ts';

// What `recall` and `reopen` ask of the state before going back.

export function recallMove(lastMove: LastMove | null): Reason {
  return state('recall-move', lastMove !== null, {
    zh:
      lastMove === null
        ? '应有可撤回的推进或退回；现在没有（刚启动、已撤回、已结束或重开后，以及系统自行推进的，不可撤回）'
        : `可撤回的是第 ${lastMove.seq} 条：${lastMove.type}`,
    en:
      lastMove === null
        ? 'there should be a move to take back; there is none (not after a start, a recall, closing or reopening, nor of what the engine did by itself)'
        : `the move to take back is entry ${lastMove.seq}: ${lastMove.type}`,
  });
}

export function recallOwn({ actor }: Context, { by, seq }: LastMove): Reason {
  return state('recall-own', actor.id === by, {
    zh: `只有做出第 ${seq} 条的 ${by} 可以撤回；这是 ${actor.id}`,
    en: `only ${by}, who made entry ${seq}, may take it back; this is ${actor.id}`,
  });
}

export function recallUnanswered({ answered }: LastMove): Reason {
  return state('recall-unanswered', answered === null, {
    zh:
      answered === null
        ? '之后没有别人操作'
        : `之后应没有别人操作；${answered.by} 已于 ${answered.at} 操作（第 ${answered.seq} 条）`,
    en:
      answered === null
        ? 'nobody else has acted since'
        : `nobody else should have acted since; ${answered.by} did at ${answered.at} (entry ${answered.seq})`,
  });
}

export function sameVersion({ instance }: Context, { version }: LastMove): Reason {
  return state('recall-same-version', instance.version === version, {
    zh: `应仍为做出该操作时的流程第 ${version} 版；现为第 ${instance.version} 版`,
    en: `the process version should still be ${version}, as when the move was made; it is ${instance.version}`,
  });
}

export function reopenAllowed(policy: ReopenPolicy | null): Reason {
  return state('reopen-allowed', policy !== null, {
    zh: policy === null ? '流程定义没有写 reopen，因此不能重开' : '流程定义允许重开（reopen）',
    en:
      policy === null
        ? 'the definition should allow reopening; it has no `reopen`, so nobody may'
        : 'the definition allows reopening (`reopen`)',
  });
}

/** From closing until so long after it, that moment included; by the event's own time. */
export function reopenWithin({ instance, at }: Context, { within }: ReopenPolicy): Reason {
  const closed = instance.closedAt ?? at;
  const duration = parseDuration(within);
  if (duration === null) throw new Error(`${within} is no duration`);
  const last = laterBy(closed, duration);
  const holds = Date.parse(at) >= Date.parse(closed) && Date.parse(at) <= Date.parse(last);
  return state('reopen-within', holds, {
    zh: `结束（${closed}）后 ${within} 之内可以重开，即到 ${last}；这次是 ${at}`,
    en: `it may be reopened within ${within} of closing (${closed}), until ${last}; this is ${at}`,
  });
}
