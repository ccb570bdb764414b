import { ADMIN } from '../definition/index.ts';
import { actorName, hiddenFrom, roleName, type Wait, waitsOf, workOf } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { StoredInstance, WorkRow } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import { evidenceFor } from './instance-evidence.ts';
import { shownKey } from './present.ts';
import { isSeen } from './sight.ts';
import { placeCursor, readPlace } from './work-cursor.ts';
import type { Titled, WorkItem, WorkPage, WorkQuery } from './work-types.ts';

/** Roles whose work is listed together. */
const MOST_ROLES = 150;
/** Instances that are read at a time. */
const PART = 256;

/**
 * What waits for the actor in instances that it sees: for the role that it names, for the person, or for all that it
 * is. What is due comes first, then what has waited longest. A page may hold fewer than asked for: a step waits once,
 * for however many roles of the actor, and not for who may not decide this time (four eyes, a substitute on another
 * day); `next` says whether there is more.
 */
export async function listWork(context: ServiceContext, query: WorkQuery, actor: Actor): Promise<WorkPage> {
  const after = query.cursor === null ? null : readPlace(query.cursor);
  const subject = subjectOf(query, actor);
  const whos = await whosOf(context, query, subject);
  const rows = await context.store.listWork({
    tenant: actor.tenant,
    whos,
    sight: await context.sights.of(actor),
    process: query.process,
    after,
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const stored = await loadAll(context, page);
  const now = context.clock.now();
  const found: WorkItem[] = [];
  for (const row of page) {
    const instance = stored.get(row.instance);
    const item = instance && (await itemOf(context, { row, instance, actor, subject, whos, now }));
    if (item) found.push(item);
  }
  const last = page.at(-1);
  return { work: found, next: rows.length > query.limit && last !== undefined ? placeCursor(last) : null };
}

/** As whom the work is looked at: in the role that is named alone, as the person alone, or as the caller is. */
function subjectOf({ role, actor: person }: WorkQuery, actor: Actor): Actor {
  const isAdmin = actor.roles.includes(ADMIN);
  if (role !== null && !isAdmin && !actor.roles.includes(role)) throw notHeld(role, actor);
  if (person !== null && !isAdmin && person !== actor.id) throw notOneself(person, actor);
  if (role === null && person === null) return actor;
  return { ...actor, id: person ?? actor.id, roles: role === null ? [] : [role] };
}

/** An administrator holds every role that there is. */
async function whosOf(
  context: ServiceContext,
  query: WorkQuery,
  { id, roles, tenant }: Actor,
): Promise<readonly string[]> {
  if (query.role !== null) {
    return [roleName(query.role), ...(query.actor === null ? [] : [actorName(id)])];
  }
  const known = roles.includes(ADMIN) ? await context.sights.roles(tenant) : [];
  const held = [...new Set([...roles, ...known])].slice(0, MOST_ROLES);
  return [actorName(id), ...held.map(roleName)];
}

async function loadAll(
  { store }: ServiceContext,
  rows: readonly WorkRow[],
): Promise<ReadonlyMap<string, StoredInstance>> {
  const ids = [...new Set(rows.map(({ instance }) => instance))];
  const found = new Map<string, StoredInstance>();
  for (let from = 0; from < ids.length; from += PART) {
    for (const row of await store.loadInstances(ids.slice(from, from + PART))) found.set(row.id, row);
  }
  return found;
}

interface Look {
  readonly row: WorkRow;
  readonly instance: StoredInstance;
  readonly actor: Actor;
  readonly subject: Actor;
  readonly whos: readonly string[];
  readonly now: string;
}

/** Null: nothing of it is to be shown here, or it stands at another place of the list. */
async function itemOf(
  context: ServiceContext,
  { row, instance: stored, actor, subject, whos, now }: Look,
): Promise<WorkItem | null> {
  if (stored.tenant !== actor.tenant) return null;
  const loaded = await loadDocument(context, stored);
  if (!loaded.ok || !isSeen(loaded.process, loaded.instance, actor)) return null;
  const { process, instance } = loaded;
  const waits = waitsOf(process, instance).filter(({ step, who }) => step === row.step && whos.includes(who));
  // Of several rows of a step it is the first that stands for it, on whichever page.
  const first = firstOf(waits);
  if (first?.who !== row.who) return null;
  const evidence = await evidenceFor(context, process, instance);
  const work = workOf({ process, instance, actor: subject, at: now, now, evidence }, row.step);
  const step = process.steps.get(row.step);
  if (work === null || step === undefined) return null;
  const hidden = hiddenFrom(process, instance, actor)?.activities;
  const activities = work.activities.filter((id) => !hidden?.has(id));
  return {
    instance: {
      id: instance.id,
      process: instance.process,
      version: instance.version,
      key: shownKey(process, instance, actor),
      title: process.definition.title,
      owner: instance.owner,
      status: instance.status,
    },
    phase: step.phase.id,
    step: row.step,
    title: step.step.title,
    since: first.since,
    due: first.due,
    activities: activities.map((id) => titled(id, process.activities.get(id)?.activity)),
    approvals: work.approvals.map((id) => titled(id, process.approvals.get(id)?.approval)),
    advance: work.advance,
    enter: work.enter,
  };
}

/** In the order of the list. */
function firstOf(waits: readonly Wait[]): Wait | undefined {
  const place = ({ due, since, who }: Wait) => `${due ?? '~'} ${since} ${who}`;
  return [...waits].sort((a, b) => (place(a) < place(b) ? -1 : 1))[0];
}

function titled(id: string, found: Omit<Titled, 'id'> | undefined): Titled {
  return { id, title: found?.title ?? { zh: id, en: id } };
}

function notHeld(role: string, { id, roles }: Actor): ProcessError {
  return new ProcessError(
    'role-required',
    {
      zh: `role 应为 ${id} 持有的角色（${roles.join(', ') || '无'}）；收到 ${role}`,
      en: `role should be one that ${id} holds (${roles.join(', ') || 'none'}); found ${role}`,
    },
    { roles: [role] },
  );
}

function notOneself(person: string, { id }: Actor): ProcessError {
  return new ProcessError(
    'role-required',
    {
      zh: `actor 应为 ${id} 本人；他人（${person}）的待办只有角色 ${ADMIN} 可见，或由有权代表他人的密钥以 On-Behalf-Of 查看`,
      en: `actor should be ${id}, who asks; what waits for ${person} is told to the role ${ADMIN}, or to a key that acts for them with On-Behalf-Of`,
    },
    { roles: [ADMIN] },
  );
}
