import { hiddenFrom, INCIDENT } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import type { IncidentItem, IncidentPage, IncidentQuery } from './incident-types.ts';
import { shownKey } from './present.ts';
import { isSeen } from './sight.ts';
import { placeCursor, readPlace } from './work-cursor.ts';

/**
 * Steps of open instances that the actor sees in which something failed that nobody tries any more: calls of services, and
 * children. The longest waiting first. A page may hold fewer than asked for; `next` says whether there is more.
 */
export async function listIncidents(
  context: ServiceContext,
  { process, cursor, limit }: IncidentQuery,
  actor: Actor,
): Promise<IncidentPage> {
  const after = cursor === null ? null : readPlace(cursor);
  const sight = await context.sights.of(actor);
  const rows = await context.store.listWork({
    tenant: actor.tenant,
    whos: [INCIDENT],
    sight,
    process,
    after,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const ids = [...new Set(page.map(({ instance }) => instance))];
  const stored = new Map((ids.length === 0 ? [] : await context.store.loadInstances(ids)).map((row) => [row.id, row]));
  const incidents: IncidentItem[] = [];
  for (const { instance: id, step, since } of page) {
    const row = stored.get(id);
    const loaded = row === undefined || row.tenant !== actor.tenant ? null : await loadDocument(context, row);
    if (!loaded?.ok || !isSeen(loaded.process, loaded.instance, actor)) continue;
    const { process: compiled, instance } = loaded;
    const hidden = hiddenFrom(compiled, instance, actor);
    const calls = Object.entries(instance.calls)
      .filter(([activity, { status }]) => status === 'failed' && compiled.activities.get(activity)?.step.id === step)
      .filter(([activity]) => hidden?.activities.has(activity) !== true)
      .map(([activity, { service, attempt, failures }]) => ({ activity, service, attempt, failures }));
    const children = Object.entries(instance.children)
      .filter(([, record]) => record.step === step && record.status === 'failed' && record.need === 'wanted')
      .map(([child, { name, process: of, incident }]) => ({ child, name, process: of, incident }));
    if (calls.length + children.length === 0) continue;
    incidents.push({
      instance: { id, process: instance.process, key: shownKey(compiled, instance, actor), owner: instance.owner },
      step,
      title: compiled.steps.get(step)?.step.title ?? { zh: step, en: step },
      since,
      calls,
      children,
    });
  }
  const last = page.at(-1);
  return { incidents, next: rows.length > limit && last !== undefined ? placeCursor(last) : null };
}
