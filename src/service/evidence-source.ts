import type { Clock } from '../clock.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { dayOf, scopeOf, scopeText } from '../engine/index.ts';
import type { EvidenceOf, FoundEvidence, Instance } from '../engine/types.ts';
import type { Store } from '../store/types.ts';

/** Evidence that a decision may ask for: `<process>/<evidence>` of a tenant, for a scope. */
export interface EvidenceAsk {
  readonly tenant: string;
  readonly evidence: string;
  readonly scope: string;
}

/** What was looked up for some decisions. */
export interface KnownEvidence {
  of(tenant: string): EvidenceOf;
  /** What was asked for since the last call and had not been looked up: such a decision is to be made anew. */
  missed(): readonly EvidenceAsk[];
  /** False: evidence was produced or withdrawn here since, or is about to be. */
  isCurrent(): boolean;
}

/**
 * Looks up the evidence that decisions rest on. What another node has withdrawn or produced within the last second may not
 * be seen yet; what this one has is always.
 */
export interface EvidenceSource {
  read(asks: readonly EvidenceAsk[]): Promise<KnownEvidence>;
  /** Evidence is being written: until the promise ends, whichever way. */
  writing(done: Promise<unknown>): void;
  /** Resolves when none is being written any more. */
  written(): Promise<void>;
}

/** For so long what was looked up is not looked up again; another node may have written since. */
const FRESH_MS = 1_000;
/** Look-ups kept; there are some dozens at a time. */
const MOST_KEPT = 10_000;
/** Asked of the store at once. */
const PART = 256;

interface Kept {
  readonly found: readonly FoundEvidence[];
  readonly until: number;
}

export function createEvidenceSource({
  store,
  clock,
}: {
  readonly store: Pick<Store, 'findEvidence'>;
  readonly clock: Clock;
}): EvidenceSource {
  const kept = new Map<string, Kept>();
  let generation = 0;
  const writes = new Set<Promise<void>>();

  async function find(asks: ReadonlyMap<string, EvidenceAsk>, day: string): Promise<Map<string, FoundEvidence[]>> {
    const found = new Map([...asks.keys()].map((key): [string, FoundEvidence[]] => [key, []]));
    const byTenant = new Map<string, EvidenceAsk[]>();
    for (const ask of asks.values()) byTenant.set(ask.tenant, [...(byTenant.get(ask.tenant) ?? []), ask]);
    for (const [tenant, all] of byTenant) {
      for (let from = 0; from < all.length; from += PART) {
        const places = all.slice(from, from + PART).map(({ evidence, scope }) => {
          const [process = '', name = ''] = evidence.split('/');
          return { process, name, scope };
        });
        for (const { process, name, scope, ...row } of await store.findEvidence(tenant, day, places))
          found.get(keyOf(day, { tenant, evidence: `${process}/${name}`, scope }))?.push(row);
      }
    }
    return found;
  }

  return {
    async read(asks) {
      const began = generation;
      const now = clock.now();
      const day = dayOf(now);
      const time = Date.parse(now);
      const known = new Map<string, readonly FoundEvidence[]>();
      const wanted = new Map<string, EvidenceAsk>();
      for (const ask of asks) {
        const key = keyOf(day, ask);
        const last = kept.get(key);
        if (last !== undefined && time < last.until) known.set(key, last.found);
        else wanted.set(key, ask);
      }
      if (wanted.size > 0) {
        const found = await find(wanted, day);
        if (kept.size + found.size > MOST_KEPT) kept.clear();
        for (const [key, rows] of found) {
          known.set(key, rows);
          if (generation === began) kept.set(key, { found: rows, until: time + FRESH_MS });
        }
      }
      const missed: EvidenceAsk[] = [];
      return {
        of: (tenant) => (evidence, scope) => {
          const ask = { tenant, evidence, scope };
          const found = known.get(keyOf(day, ask));
          if (found === undefined) missed.push(ask);
          return found ?? [];
        },
        missed: () => missed.splice(0),
        isCurrent: () => writes.size === 0 && generation === began,
      };
    },
    writing(done) {
      const write = done.then(settled, settled);
      function settled(): void {
        writes.delete(write);
        generation += 1;
        kept.clear();
      }
      writes.add(write);
    },
    async written() {
      await Promise.all(writes);
    },
  };
}

function keyOf(day: string, { tenant, evidence, scope }: EvidenceAsk): string {
  return JSON.stringify([day, tenant, evidence, scope]);
}

/** What an instance may ask for as it stands; what a command tells it may lead to more. */
export function asksOf(
  { resting }: CompiledProcess,
  instance: Pick<Instance, 'tenant' | 'fields'>,
): readonly EvidenceAsk[] {
  return resting.flatMap(({ activity: { shared } }) => {
    if (shared === null) return [];
    const scope = scopeOf(instance, shared);
    if (Object.values(scope).includes(null)) return [];
    return [{ tenant: instance.tenant, evidence: shared.evidence, scope: scopeText(scope) }];
  });
}
