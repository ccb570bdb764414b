import type { Apply } from './apply.ts';
import type { Order } from './task.ts';
import type { Accepted, EventInput, WriteRequest } from './types.ts';

/** Sends a command to an instance, alone or in a bulk. What is wrong with it, the engine says and the history keeps. */
export function send(
  apply: Apply,
  id: string,
  event: EventInput,
  request: WriteRequest,
  bulk: symbol | null = null,
): Promise<Accepted> {
  return apply.submit({ ...eventOrder(id, event, request), bulk });
}

/** An event as it is decided. */
export function eventOrder(id: string, { type, at, ...input }: EventInput, request: WriteRequest): Order {
  // A type that is no text is refused as unknown like any other, by what it looks like.
  const name = typeof type === 'string' ? type : (JSON.stringify(type) ?? '').slice(0, 80);
  return {
    target: { kind: 'event', id },
    command: { type: name, input, actor: request.actor, at, requestId: request.requestId },
    request,
  };
}
