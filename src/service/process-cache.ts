import type { Clock } from '../clock.ts';
import { compileProcess, digestOf } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { readProcess } from '../definition/index.ts';
import type { DefinitionRow, Store } from '../store/types.ts';
import type { Text } from '../text.ts';
import { calendarsIn } from './pinned-calendars.ts';
import { wasInEffect } from './version-standing.ts';

/** A published version made ready, or why it cannot be: its row no longer holds what was published. */
export type Compiled =
  | { readonly ok: true; readonly process: CompiledProcess; readonly row: DefinitionRow }
  | { readonly ok: false; readonly why: Text; readonly row: DefinitionRow };

/** Compiled versions: they never change, so each is read and compiled once. */
export interface ProcessCache {
  /** Null when there is no such version. `version` null: the newest that is in effect. */
  get(process: string, version: number | null): Promise<Compiled | null>;
  /** Whether a version is or was in effect; a draft is not. */
  isPublished(process: string, version: number): Promise<boolean>;
  /** A version was published: the newest may be another one now. */
  forgetNewest(process: string): void;
}

/** For so long a version is taken for the newest without asking again; another node may have published since. */
const NEWEST_MS = 1_000;

/** Versions kept ready; a server runs some dozens, and any other is compiled again when it is asked for. */
const MOST_COMPILED = 256;

export function createProcessCache({ store, clock }: { readonly store: Store; readonly clock: Clock }): ProcessCache {
  const ready = new Map<string, Compiled>();
  const newest = new Map<string, { readonly version: Promise<number | null>; until: number }>();
  /** Versions that were in effect; they are for ever. */
  const published = new Set<string>();

  /** Whoever asks while it is looked up waits for the same. */
  async function newestOf(process: string): Promise<number | null> {
    const now = clock.now();
    const last = newest.get(process);
    if (last !== undefined && Date.parse(now) < last.until) return last.version;
    const asked = { version: lookUp(process, now), until: Date.parse(now) + NEWEST_MS };
    newest.set(process, asked);
    // What is not there, or could not be asked, is asked anew.
    const version = await asked.version.catch((error: unknown) => {
      newest.delete(process);
      throw error;
    });
    if (version === null) newest.delete(process);
    return version;
  }

  async function lookUp(process: string, now: string): Promise<number | null> {
    const [found, next] = await Promise.all([store.newestVersion(process, now), store.nextEffective(process, now)]);
    if (found === null) return null;
    published.add(`${process}@${found.version}`);
    const asked = newest.get(process);
    // What comes into effect does so at its time, not up to a second after.
    if (asked !== undefined && next !== null) asked.until = Math.min(asked.until, Date.parse(next));
    return found.version;
  }

  return {
    forgetNewest(process) {
      newest.delete(process);
    },
    async isPublished(process, version) {
      const name = `${process}@${version}`;
      if (published.has(name)) return true;
      const is = wasInEffect(await store.publicationsOf(process, version), clock.now());
      if (is) published.add(name);
      return is;
    },
    async get(process, version) {
      const wanted = version ?? (await newestOf(process));
      if (wanted === null) return null;
      const name = `${process}@${wanted}`;
      const known = ready.get(name);
      if (known !== undefined) return known;
      const row = await store.getDefinition(process, wanted);
      if (row === null) return null;
      // Many may have asked at once: the first of them compiles.
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
      row,
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
    row,
    why: {
      zh: `流程 ${row.process} 第 ${row.version} 版的内容与其摘要不符（应为 ${row.digest}，算得 ${digest}）：数据库中的该行被改动，请从备份恢复`,
      en: `version ${row.version} of process ${row.process} does not match its digest (${row.digest} was published, ${digest} is computed): its row in the database was changed; restore it from a backup`,
    },
  };
}
