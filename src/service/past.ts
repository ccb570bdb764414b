import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompiledProcess } from '../compile/types.ts';
import type { Hidden } from '../engine/index.ts';
import type { Actor, FieldRecord, Instance } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { runnable } from './decide-batch.ts';
import { hiddenInAny, maskedInstance, maskedRecords } from './present.ts';
import { getCompiled } from './processes.ts';
import { recordedInstance } from './recorded-instance.ts';
import { seenInstance } from './sight.ts';
import type { InstanceDetail } from './types.ts';

/** Entries that are read at a time. */
const PART = 500;

/** An instance after one of its entries, with the version that it was on, and what is hidden of it from whoever asks. */
export interface Past {
  readonly instance: Instance;
  readonly process: CompiledProcess;
  readonly hidden: Hidden | null;
  /** When the entry was recorded (ISO 8601 UTC). */
  readonly at: string;
}

/**
 * What an entry left behind, put together from the patches until then. Whoever may not see something today, by the version of
 * today or by that of then, does not see it there either; of personal values only those are told that still stand. Throws
 * `not-found` for an entry that there is not, and as reading the instance does.
 */
export async function pastOf(context: ServiceContext, id: string, seq: number, actor: Actor): Promise<Past> {
  const today = runnable(id, await seenInstance(context, id, actor), actor);
  if (seq > today.instance.seq) throw noEntry(id, seq, today.instance.seq);
  const { found, at } = await readUntil(context, today.instance, seq);
  if (found === null) throw notKept(id, seq);
  const { process } = await getCompiled(context, found.process, found.version);
  const hidden = hiddenInAny([process, today.process], today.instance, actor);
  return { instance: withPersonal(found, today.instance), process, hidden, at };
}

/** An instance as it was after an entry; nothing can be done with it there. Throws as `pastOf`. */
export async function getPast(context: ServiceContext, id: string, seq: number, actor: Actor): Promise<InstanceDetail> {
  const { process, instance, hidden } = await pastOf(context, id, seq, actor);
  return {
    ...maskedInstance(process, instance, hidden),
    records: maskedRecords(process, instance, hidden),
    evidence: [],
    actions: [],
  };
}

async function readUntil({ store }: ServiceContext, { id, tenant, key, seq: last }: Instance, seq: number) {
  const subject = recordedInstance({ id, tenant, key, seq: last }, []);
  let at = '';
  for (let after = 0; after < seq; after += PART) {
    const rows = await store.history(id, after, Math.min(PART, seq - after));
    if (rows.length === 0) break;
    subject.read(rows.map(({ text, patch }) => `${text}\n${patch ?? ''}`).join('\n'));
    subject.forget(after + rows.length);
    at = rows.at(-1)?.recordedAt ?? at;
    await nextTurn();
  }
  return { found: subject.stateAt(seq), at };
}

/** Personal values stand beside the history, in their last form alone: what has the digest of today has the value of today. */
function withPersonal(then: Instance, { fields: today }: Instance): Instance {
  const fields: Record<string, FieldRecord> = { ...then.fields };
  for (const [id, record] of Object.entries(fields)) {
    const now = today[id];
    if (record.digest !== null && now?.digest === record.digest) fields[id] = { ...record, value: now.value };
  }
  return { ...then, fields };
}

function noEntry(id: string, seq: number, last: number): ProcessError {
  return new ProcessError('not-found', {
    zh: `实例 ${id} 没有第 ${seq} 条历史；最后一条是第 ${last} 条`,
    en: `instance ${id} has no entry ${seq}; its last one is ${last}`,
  });
}

function notKept(id: string, seq: number): ProcessError {
  return new ProcessError('not-found', {
    zh: `第 ${seq} 条历史由较早的程序记录，没有保存实例 ${id} 当时的样子；历史中仍可看到发生了什么`,
    en: `entry ${seq} was recorded by an earlier program, which did not keep what instance ${id} was then; its history says what happened`,
  });
}
