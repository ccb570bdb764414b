import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { rehearse } from './rehearse.ts';
import { send } from './send.ts';
import type { Accepted, BulkItem } from './types.ts';

/** Many events, each on the way of a single one. */
export function bulk(
  context: ServiceContext,
  apply: Apply,
  items: readonly BulkItem[],
  dryRun: boolean,
): Promise<readonly PromiseSettledResult<Accepted>[]> {
  if (dryRun) return rehearse(context, items);
  const line = Symbol('bulk');
  return Promise.allSettled(items.map(({ instance, event, request }) => send(apply, instance, event, request, line)));
}
