import type { Apply } from './apply.ts';
import type { Accepted, EventInput, WriteRequest } from './types.ts';

/** Sends a command to an instance. What is wrong with it, the engine says and the history keeps. */
export function send(
  apply: Apply,
  id: string,
  { type, at, ...input }: EventInput,
  request: WriteRequest,
): Promise<Accepted> {
  // A type that is no text is refused as unknown like any other, by what it looks like.
  const name = typeof type === 'string' ? type : (JSON.stringify(type) ?? '').slice(0, 80);
  return apply.submit({
    target: { kind: 'event', id },
    command: { type: name, input, actor: request.actor, at, requestId: request.requestId },
    request,
  });
}
