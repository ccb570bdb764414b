import type { CompiledProcess } from '../compile/types.ts';
import { hiddenFrom, retime, statementOf } from '../engine/index.ts';
import type { Actor, Instance } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { runnable } from './decide-batch.ts';
import { pastOf } from './past.ts';
import { readCompiled } from './processes.ts';
import { seenInstance } from './sight.ts';
import type { SlaView } from './types.ts';

/**
 * The clocks of an instance as of now, without those of what is hidden from the actor; with `under` as they would be if it went
 * over to that version now, where it stands. Nothing is changed. Throws `instance-quarantined`, and of the version `not-found`
 * and `role-required`.
 */
export async function getSla(
  context: ServiceContext,
  id: string,
  under: number | null,
  actor: Actor,
): Promise<SlaView> {
  const { process, instance } = runnable(id, await seenInstance(context, id, actor), actor);
  const now = context.clock.now();
  const view = { instance: id, process: instance.process, version: instance.version, now };
  const isSeen = seenOf(process, instance, actor);
  if (under === null) {
    return { ...view, under: null, clocks: statementOf(process, instance, now).filter(isSeen) };
  }
  const { process: other } = await readCompiled(context, instance.process, under, actor);
  const isSeenThere = seenOf(other, instance, actor);
  const { clocks, changes } = retime(process, other, instance, now);
  const told = changes.filter(({ clock: id }) => isSeen({ id }) && isSeenThere({ id }));
  const stated = statementOf(other, { ...instance, clocks }, now);
  return Object.assign(view, {
    under: { version: under, changes: told },
    clocks: stated.filter((clock) => isSeen(clock) && isSeenThere(clock)),
  });
}

/** The clocks of an instance as they stood when an entry was recorded. Throws as `pastOf`. */
export async function getPastSla(context: ServiceContext, id: string, seq: number, actor: Actor): Promise<SlaView> {
  const { process, instance, hidden, at } = await pastOf(context, id, seq, actor);
  const clocks = statementOf(process, instance, at).filter((clock) => hidden?.clocks.has(clock.id) !== true);
  return { instance: id, process: instance.process, version: instance.version, now: at, under: null, clocks };
}

function seenOf(
  process: CompiledProcess,
  instance: Instance,
  actor: Actor,
): (clock: { readonly id: string }) => boolean {
  const hidden = hiddenFrom(process, instance, actor)?.clocks;
  return ({ id }) => hidden?.has(id) !== true;
}
