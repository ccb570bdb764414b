import { hiddenFrom, maskReason } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { errorCodes } from '../errors.ts';
import type { SignalRow } from '../store/types.ts';
import { viewOf } from './chain.ts';
import type { ServiceContext } from './context.ts';
import { resultsOf } from './deliver-signal.ts';
import { loadDocument } from './document.ts';
import { isSeen } from './sight.ts';
import type { SignalResult, SignalView } from './signal-types.ts';

/** As the administrators of its tenant see it. */
export function signalView(row: SignalRow): SignalView {
  const { receipt, id, signal, value, at, receivedAt, state, expiresAt, isKept, data } = row;
  const { id: sender, via }: Actor = JSON.parse(row.sender);
  const until = state === 'kept' && isKept ? expiresAt : null;
  const results = resultsOf(row);
  const own = { receipt, id, signal, key: value, sender, via, at, receivedAt, state, until };
  return { ...own, data: data === null ? null : JSON.parse(data), results };
}

/** As its sender is told: with reasons of the instances that it sees, and of the others only that they refused. */
export async function answerView(context: ServiceContext, row: SignalRow, actor: Actor): Promise<SignalView> {
  const view = signalView(row);
  return { ...view, results: await Promise.all(view.results.map((result) => answered(context, result, actor))) };
}

async function answered(context: ServiceContext, result: SignalResult, actor: Actor): Promise<SignalResult> {
  const { instance: id, seq, code } = result;
  if (id === null || code === undefined) return result;
  const [stored] = await context.store.loadInstances([id]);
  const loaded = stored === undefined ? null : await loadDocument(context, stored);
  if (!loaded?.ok || !isSeen(loaded.process, loaded.instance, actor))
    return { ...result, detail: errorCodes[code].title };
  const hidden = hiddenFrom(loaded.process, loaded.instance, actor);
  const [entry] = seq === null ? [] : (await context.store.findEntries([{ instance: id, seq }])).map(viewOf);
  const reasons = entry?.verdicts ?? null;
  return {
    ...result,
    ...(hidden !== null && { detail: errorCodes[code].title }),
    ...(reasons !== null && { reasons: hidden === null ? reasons : maskReason(hidden, reasons) }),
  };
}
