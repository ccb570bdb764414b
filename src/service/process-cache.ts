import type { Clock } from '../clock.ts';
import { compileProcess, digestOf } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { readProcess } from '../definition/index.ts';
import type { DefinitionRow, Store } from '../store/types.ts';
import type { Text } from '../text.ts';
import { calendarsIn } from './pinned-calendars.ts';

/** A published version made ready, or why it cannot be: its row no longer holds what was published. */
export type Compiled =
  | { readonly ok: true; readonly process: CompiledProcess; readonly row: DefinitionRow }
  | { readonly ok: false; readonly why: Text };

/** Compiled versions: they never change, so each is read and compiled once. */
export interface ProcessCache {
  /** Null when there is no such version. `version` null: the newest. */
  get(process: string, version: number | null): Promise<Compiled | null>;
  /** A version was published: the newest may be another one now. */
  forgetNewest(process: string): void;
}

/** For so long a version is taken for the newest without asking again; another node may have published since. */
const NEWEST_MS = 1_000;

/** Versions kept ready; a server runs some dozens, and any other is compiled again when it is asked for. */
const MOST_COMPILED = 256;

export function createProcessCache({ store, clock }: { readonly store: Store; readonly clock: Clock }): ProcessCache {
  const ready = new Map<string, Compiled>();
  const newest = new Map<string, { readonly version: number; readonly until: number }>();
  return {
    forgetNewest(process) {
      newest.delete(process);
    },
    async get(process, version) {
      const now = Date.parse(clock.now());
      const last = newest.get(process);
      const wanted = version ?? (last !== undefined && now < last.until ? last.version : null);
      const known = wanted === null ? undefined : ready.get(`${process}@${wanted}`);
      if (known !== undefined) return known;
      const row = await store.getDefinition(process, wanted);
      if (row === null) return null;
      if (wanted === null) newest.set(process, { version: row.version, until: now + NEWEST_MS });
      const name = `${process}@${row.version}`;
      const compiled = ready.get(name) ?? compileRow(row);
      // A damaged row may be mended in the database; only what can never change is kept.
      if (compiled.ok) {
        if (ready.size >= MOST_COMPILED) ready.clear();
        ready.set(name, compiled);
      }
      return compiled;
    },
  };
}

function compileRow(row: DefinitionRow): Compiled {
  const { definition } = readProcess(row.yaml, `${row.process}@${row.version}`);
  if (definition === null) {
    return {
      ok: false,
      why: {
        zh: `流程 ${row.process} 第 ${row.version} 版的定义已无法读取：数据库中的该行被改动，请从备份恢复`,
        en: `version ${row.version} of process ${row.process} can no longer be read: its row in the database was changed; restore it from a backup`,
      },
    };
  }
  const calendars = calendarsIn(row);
  const digest = digestOf(definition, calendars);
  if (digest === row.digest) return { ok: true, process: compileProcess(definition, calendars), row };
  return {
    ok: false,
    why: {
      zh: `流程 ${row.process} 第 ${row.version} 版的内容与其摘要不符（应为 ${row.digest}，算得 ${digest}）：数据库中的该行被改动，请从备份恢复`,
      en: `version ${row.version} of process ${row.process} does not match its digest (${row.digest} was published, ${digest} is computed): its row in the database was changed; restore it from a backup`,
    },
  };
}
