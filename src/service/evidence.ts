import { dayOf, HIDDEN, hiddenFrom, restsOn, scopeText } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { EvidenceQuery, ListedEvidence } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { badCursor, instanceCursor } from './cursor.ts';
import { loadDocument } from './document.ts';
import { evidenceFor } from './instance-evidence.ts';
import { versionsFor } from './known-versions.ts';
import { presentInstance, presentResting } from './present.ts';
import { isSeen } from './sight.ts';
import type { EvidenceListQuery, EvidencePage, EvidenceView, RestingPage, RestingQuery, RestingView } from './types.ts';

/** Evidence whose instances the actor sees, in order of those; a page may be short as one of instances may. */
export async function listEvidence(
  context: ServiceContext,
  { cursor, evidence, ...query }: EvidenceListQuery,
  actor: Actor,
): Promise<EvidencePage> {
  const { store, clock, sights, processes } = context;
  const after = cursor === null ? null : parseCursor(cursor);
  const day = dayOf(clock.now());
  const { tenant } = actor;
  const limit = query.limit + 1;
  const rows = await store.listEvidence({
    ...query,
    name: evidence,
    tenant,
    sight: await sights.of(actor),
    day,
    after,
    limit,
  });
  const page = rows.slice(0, query.limit);
  const found = await Promise.all(
    page.map(async (row) => {
      const compiled = await processes.get(row.process, row.version);
      const process = compiled?.ok ? compiled.process : null;
      if (!isSeen(process, row, actor)) return [];
      const hidden = process === null ? null : hiddenFrom(process, row, actor);
      return [viewOf(row, day, hidden?.fields ?? new Set())];
    }),
  );
  const last = page.at(-1);
  const next = rows.length > query.limit && last !== undefined ? `${last.instance}.${last.name}` : null;
  return { evidence: found.flat(), next };
}

function viewOf(row: ListedEvidence, day: string, hidden: ReadonlySet<string>): EvidenceView {
  const { process, name, instance, seq, validFrom, validTo, madeAt, withdrawnAt } = row;
  const values = scopeValues(row.scope) ?? {};
  const scope = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, hidden.has(field) ? HIDDEN : value]),
  );
  const state = withdrawnAt !== null ? 'withdrawn' : validTo < day ? 'expired' : validFrom > day ? 'upcoming' : 'valid';
  return { process, evidence: name, scope, instance, seq, validFrom, validTo, state, madeAt, withdrawnAt };
}

/** A scope as it is spelt in a query; null where it is none. */
function scopeValues(text: string): Readonly<Record<string, Json>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isScope(value) ? value : null;
  } catch {
    return null;
  }
}

function isScope(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((part) => typeof part === 'string');
}

function parseCursor(cursor: string): NonNullable<EvidenceQuery['after']> {
  const [, instance, name] = /^([0-9a-f-]{36})\.([a-z][a-z0-9-]{0,63})$/.exec(cursor) ?? [];
  if (instance !== undefined && name !== undefined) return { instance, name };
  throw badCursor();
}

/** Beside the step, everybody who stands in it is wanted. */
const nothingElse = {
  parent: null,
  owner: null,
  team: null,
  phase: null,
  status: null,
  outcome: null,
  key: null,
  version: null,
  cards: null,
};

/**
 * Instances that stand in a step that rests on the evidence, in order of creation, and whether it is valid for them today.
 * Of each step that any version has such an activity in, the store lists who stands there; what the instance's own version
 * says, and its scope, is held against each.
 */
export async function listResting(context: ServiceContext, query: RestingQuery, actor: Actor): Promise<RestingPage> {
  const { cursor, limit } = query;
  const after = cursor === null ? null : instanceCursor(cursor);
  const name = `${query.process}/${query.evidence}`;
  const wanted = query.scope === null ? null : parseScope(query.scope);
  const sight = await context.sights.of(actor);
  const lists = await Promise.all(
    (await stepsResting(context, actor.tenant, name)).map(({ process, step }) =>
      context.store.listInstances({
        tenant: actor.tenant,
        sight,
        process,
        step,
        after,
        limit: limit + 1,
        ...nothingElse,
      }),
    ),
  );
  const byId = new Map(lists.flat().map((row) => [row.id, row]));
  const rows = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const page = rows.slice(0, limit);
  const found = await Promise.all(
    page.map(async (row): Promise<readonly RestingView[]> => {
      const loaded = await loadDocument(context, { ...row, personal: [] });
      if (!loaded.ok || !isSeen(loaded.process, row, actor)) return [];
      const { process, instance } = loaded;
      const now = context.clock.now();
      const evidence = await evidenceFor(context, process, instance);
      const resting = restsOn({ process, instance, actor, at: now, now, evidence });
      // Whoever may not see a scope cannot ask for it either.
      const activities = presentResting(process, instance, actor, resting).filter(
        (rests) => rests.evidence === name && (wanted === null || scopeText(rests.scope) === wanted),
      );
      if (activities.length === 0) return [];
      const met = activities.every(({ state }) => state === 'valid');
      return [{ instance: presentInstance(process, instance, actor), activities, met }];
    }),
  );
  const last = page.at(-1);
  return { instances: found.flat(), next: rows.length > limit && last !== undefined ? last.id : null };
}

function parseScope(text: string): string {
  const scope = scopeValues(text);
  if (scope !== null) return scopeText(scope);
  throw new ProcessError(
    'malformed-request',
    {
      zh: '查询参数 scope 应为 JSON 对象，例如 {"region":"east-china"}；不限范围的证据写 {}',
      en: 'The query parameter scope must be a JSON object, e.g. {"region":"east-china"}; {} for evidence that holds for everything',
    },
    { parameter: 'scope' },
  );
}

/** Steps with an activity that rests on the evidence, in any version that the tenant's instances may be on. */
async function stepsResting({ store, clock, processes }: ServiceContext, tenant: string, name: string) {
  const steps = new Map<string, { readonly process: string; readonly step: string }>();
  for (const { process, version } of versionsFor(tenant, await store.listKnownVersions(clock.now()))) {
    const compiled = await processes.get(process, version);
    if (compiled === null || !compiled.ok) continue;
    for (const { activity, step } of compiled.process.resting)
      if (activity.shared?.evidence === name) steps.set(`${process}/${step.id}`, { process, step: step.id });
  }
  return [...steps.values()];
}
