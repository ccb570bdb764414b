import { hiddenFrom, statementOf } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { runnable } from './decide-batch.ts';
import { seenInstance } from './sight.ts';
import type { SlaView } from './types.ts';

/** The clocks of an instance as of now, without those of what is hidden from the actor. Throws `instance-quarantined`. */
export async function getSla(context: ServiceContext, id: string, actor: Actor): Promise<SlaView> {
  const { process, instance } = runnable(id, await seenInstance(context, id, actor), actor);
  const hidden = hiddenFrom(process, instance, actor)?.clocks;
  const now = context.clock.now();
  const clocks = statementOf(process, instance, now).filter((clock) => hidden?.has(clock.id) !== true);
  return { instance: id, process: instance.process, version: instance.version, now, clocks };
}
