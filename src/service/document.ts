import { openPlaces, waitingPlaces } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { FieldRecord, Instance } from '../engine/types.ts';
import type { Json } from '../json.ts';
import type { Change, StoredInstance } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { type Column, documentOf, isTraced } from './snapshot.ts';

/** An instance as it was stored, ready to decide on, or why it must not be run. */
export type Loaded =
  | {
      readonly ok: true;
      readonly instance: Instance;
      readonly process: CompiledProcess;
      /** Hash of its last history entry. */
      readonly head: string;
      /** Number of the entry that the stored snapshot was written with; 0: there is none. */
      readonly snapshotSeq: number;
      /** Whether its entries prove its document; those of earlier programs do not. */
      readonly traced: boolean;
      readonly quarantine: null;
    }
  | {
      readonly ok: false;
      readonly row: StoredInstance;
      /** Its version, which says who may see it; null when that cannot be read. */
      readonly process: CompiledProcess | null;
      readonly quarantine: Text;
    };

/** Reads a stored row and holds it against the version it is pinned to. */
export async function loadDocument(
  { processes }: Pick<ServiceContext, 'processes'>,
  row: StoredInstance,
): Promise<Loaded> {
  const compiled = await processes.get(row.process, row.version);
  const readable = compiled?.ok ? compiled.process : null;
  const fail = (zh: string, en: string): Loaded => ({ ok: false, row, process: readable, quarantine: { zh, en } });
  const document = documentOf(row);
  if (document === null || document.key !== row.key) {
    return fail(
      '实例文档已损坏：请从备份恢复各条历史的 patch，并删除 snapshots 表中的行（文档将由 patch 重新得出）',
      'its document is damaged: restore the patches of its entries from a backup and delete its row in the table snapshots, which they make anew',
    );
  }
  if (compiled === null) {
    return fail(
      `找不到流程 ${row.process} 第 ${row.version} 版：请从备份恢复该定义`,
      `version ${row.version} of process ${row.process} is gone: restore the definition from a backup`,
    );
  }
  if (!compiled.ok) return fail(compiled.why.zh, compiled.why.en);
  const { process } = compiled;
  const instance: Instance = Object.assign({}, document, columnsOf(row));
  if (process.digest !== instance.digest) {
    return fail(
      `实例绑定的定义摘要 ${instance.digest} 与第 ${row.version} 版不符`,
      `it is pinned to the definition ${instance.digest}, which version ${row.version} is not`,
    );
  }
  if (!isPlace(process, instance)) {
    const found = JSON.stringify(instance.marking);
    return fail(
      `所处状态 ${found} 不是流程 ${row.process} 第 ${row.version} 版的状态`,
      `it stands in ${found}, which is no state of process ${row.process} version ${row.version}`,
    );
  }
  const whole = withPersonal(instance, row);
  if (whole === null) {
    return fail(
      '它的个人信息值已损坏：请从备份恢复 personal 表中的行，或将其删除',
      'one of its personal values is damaged: restore its rows in the table personal from a backup, or erase them',
    );
  }
  const { head, snapshotSeq } = row;
  return { ok: true, instance: whole, process, head, snapshotSeq, traced: isTraced(document), quarantine: null };
}

function isPlace(process: CompiledProcess, { marking, position, waiting, status }: Instance): boolean {
  if (marking === 'closed') return status === 'closed' && position.length === 0 && waiting.length === 0;
  const open = openPlaces(process, marking);
  const idle = waitingPlaces(process, marking);
  if (status === 'closed' || open.length + idle.length === 0) return false;
  return JSON.stringify([open, idle]) === JSON.stringify([position, waiting]);
}

/** Personal values live beside the document; what was erased is unknown. Null when one is no JSON any more. */
function withPersonal(instance: Instance, row: StoredInstance): Instance | null {
  if (row.personal.length === 0) return instance;
  const fields: Record<string, FieldRecord> = { ...instance.fields };
  try {
    for (const { field, value } of row.personal) {
      const record = fields[field];
      const parsed: Json = JSON.parse(value);
      if (record !== undefined) fields[field] = { ...record, value: parsed };
    }
  } catch {
    return null;
  }
  return { ...instance, fields };
}

/** The row of an instance. */
export function rowOf(instance: Instance, head: string): Change['row'] {
  return { key: instance.key, head, parent: instance.parent?.instance ?? null, ...columnsOf(instance) };
}

/** Members of an instance that are columns of its row: those count where its document says them too. */
function columnsOf(of: Pick<Instance, Column>): Pick<Instance, Column> {
  const { id, tenant, owner, team, process, version, digest, status, outcome, revision, seq, startedAt, updatedAt } =
    of;
  return {
    id,
    tenant,
    owner,
    team,
    process,
    version,
    digest,
    status,
    outcome,
    revision,
    seq,
    startedAt,
    updatedAt,
  };
}
