import type { CompiledProcess, CompiledSignal } from '../compile/types.ts';
import { isEarly } from '../engine/index.ts';
import type { Actor, Instance } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { SIGNAL_SCOPE } from '../names.ts';
import type { SignalChange, SignalRow } from '../store/types.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import type { SignalResult } from './signal-types.ts';

/** Instances that one signal may find. */
export const MOST_MATCHES = 100;
/** Times that what another node wrote of it in between is read again. */
const MOST_LOOKS = 5;

interface Match {
  readonly process: CompiledProcess;
  readonly instance: Instance;
  readonly compiled: CompiledSignal;
}

/**
 * Delivers a kept signal to every open instance that it finds and that can take it now: one command each, which is carried out
 * once however often it is looked at, by whichever node. The signal as it is then.
 */
export async function deliverSignal(context: ServiceContext, apply: Apply, given: SignalRow): Promise<SignalRow> {
  let row = given;
  for (let looks = 0; looks < MOST_LOOKS && row.state === 'kept'; looks += 1) {
    const change = await lookAt(context, apply, row);
    if (change === null) return row;
    if (await context.store.changeSignal(row, change)) return { ...row, ...change, revision: row.revision + 1 };
    const now = await context.store.getSignal(row.tenant, row.receipt);
    // Somebody has deleted it.
    if (now === null) return row;
    row = now;
  }
  return row;
}

/** What becomes of it; null: nothing new, it waits on. */
async function lookAt(context: ServiceContext, apply: Apply, row: SignalRow): Promise<SignalChange | null> {
  const isOver = row.expiresAt <= context.clock.now();
  const results = [...resultsOf(row)];
  const matches = await matchesOf(context, row);
  if (matches === null) return settled(context, row, [...results, tooMany]);
  let waits = false;
  for (const match of matches) {
    if (results.some(({ instance }) => instance === match.instance.id)) continue;
    if (row.isKept && isEarly(match.process, match.instance, match.compiled)) {
      waits ||= !isOver;
      continue;
    }
    const result = await deliverTo(apply, row, match);
    if (result === null) {
      // Too much to do now, or another is at it: it is looked at again.
      context.awaited(row.tenant, row.value, 'later');
      return null;
    }
    results.push(result);
  }
  if (waits || (results.length === 0 && !isOver)) {
    if (results.length === resultsOf(row).length) return null;
    return { state: 'kept', results: JSON.stringify(results), data: row.data, settledAt: null };
  }
  return settled(context, row, results);
}

/** Open instances of versions that declare it for the very field that has the value; null: too many. */
async function matchesOf(context: ServiceContext, row: SignalRow): Promise<readonly Match[] | null> {
  const declared = (await context.declarations.of(row.tenant)).get(row.signal) ?? [];
  const places = declared.map(({ process, match }) => ({ process, field: match }));
  const found = await context.store.findCorrelated(row.tenant, row.value, places, MOST_MATCHES + 1);
  if (found.length === 0) return [];
  const rows = await context.store.loadInstances([...new Set(found.map(({ instance }) => instance))]);
  const matches: Match[] = [];
  for (const stored of rows) {
    const loaded = await loadDocument(context, stored);
    if (!loaded.ok) continue;
    const { process, instance } = loaded;
    const compiled = process.signals.get(row.signal);
    const isFound = found.some(({ instance: id, field }) => id === instance.id && field === compiled?.match);
    if (compiled !== undefined && isFound) matches.push({ process, instance, compiled });
  }
  return found.length > MOST_MATCHES ? null : matches;
}

/** Null: it cannot be done now. */
async function deliverTo(apply: Apply, row: SignalRow, { process, instance }: Match): Promise<SignalResult | null> {
  const actor: Actor = JSON.parse(row.sender);
  const { receipt, signal, id, attempts } = row;
  // A fact from before the start is one of its first moment.
  const isBefore = row.at < instance.startedAt;
  const head = { instance: instance.id, process: process.definition.process };
  try {
    const { entries } = await apply.submit({
      target: { kind: 'event', id: instance.id },
      command: {
        type: 'signal',
        input: { signal, id, data: JSON.parse(row.data ?? '{}'), ...(isBefore ? { toldAt: row.at } : {}) },
        actor,
        at: isBefore ? instance.startedAt : row.at,
        requestId: receipt,
        internal: true,
      },
      request: {
        actor,
        requestId: receipt,
        ifMatch: null,
        idempotency: { scope: SIGNAL_SCOPE + receipt, key: `${attempts}:${instance.id}`, requestHash: receipt },
      },
    });
    return { ...head, state: 'delivered', seq: entries[0]?.seq ?? null };
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    if (error.code === 'unavailable' || error.code === 'request-in-flight') return null;
    const { code, detail, extra } = error;
    return { ...head, state: 'refused', seq: typeof extra.seq === 'number' ? extra.seq : null, code, detail };
  }
}

function settled({ clock }: ServiceContext, row: SignalRow, results: readonly SignalResult[]): SignalChange {
  const isDelivered = results.some(({ state }) => state === 'delivered');
  const state = isDelivered ? 'delivered' : results.length > 0 ? 'refused' : 'unmatched';
  // The history of the instances has what counts of it.
  const data = results.every((result) => result.state === 'delivered') && isDelivered ? null : row.data;
  return { state, results: JSON.stringify(results), data, settledAt: clock.now() };
}

export function resultsOf({ results }: Pick<SignalRow, 'results'>): readonly SignalResult[] {
  return JSON.parse(results);
}

const tooMany: SignalResult = {
  instance: null,
  process: null,
  state: 'refused',
  seq: null,
  code: 'not-allowed-now',
  detail: {
    zh: `匹配的实例超过 ${MOST_MATCHES} 个，一个也没有送达；请让流程按更明确的字段匹配（match）`,
    en: `more than ${MOST_MATCHES} instances match, and none of them was told; have the process match a field that says more`,
  },
};
