import { ADMIN } from '../definition/index.ts';
import { BY_PARENT, hiddenFrom } from '../engine/index.ts';
import type { Actor, ChildRecord, Command } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { Json } from '../json.ts';
import { ENGINE } from '../names.ts';
import type { Link } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';
import { getCompiled } from './processes.ts';
import type { Order } from './task.ts';

type Running = Extract<Loaded, { ok: true }>;

/** Characters of an incident that are kept. */
const MOST_TEXT = 2_000;

/** What became of one page of links. */
export interface Settled {
  /** Go on after this one; null: that was the last. */
  readonly next: Link | null;
  /** Failures of ours or of the database; each link stays open and is tried again. */
  readonly failed: readonly unknown[];
}

/**
 * Carries out what is open between instances and their children. Each is a command on the one write path, and each may be
 * tried by several nodes or once more after a crash: a child has its id before it is started, so that it is started once,
 * and a parent is told nothing that it knows.
 */
export async function settleLinks(
  context: ServiceContext,
  apply: Apply,
  after: Link | null,
  limit: number,
): Promise<Settled> {
  const links = await context.store.openLinks(after, limit);
  const results = await Promise.allSettled(links.map((link) => settleLink(context, apply, link)));
  const isDone = (_: Link, i: number) => results[i]?.status === 'fulfilled' && results[i].value;
  await context.store.closeLinks(links.filter(isDone));
  const failed = results.flatMap((result) =>
    // What is refused has been done by another in between, or waits for better days: the next look tells.
    result.status === 'rejected' && !(result.reason instanceof ProcessError) ? [result.reason] : [],
  );
  return { next: links.length < limit ? null : (links.at(-1) ?? null), failed };
}

/** False: it has to wait. */
async function settleLink(context: ServiceContext, apply: Apply, link: Link): Promise<boolean> {
  const [parent, child] = await Promise.all([link.parent, link.child].map((id) => load(context, id)));
  // A parent that cannot be run is told when it can.
  if (!parent?.ok) return false;
  const record = parent.instance.children[link.child];
  if (record === undefined) return true;
  if (child?.ok === false) {
    const isNews = record.status === 'requested' || record.status === 'started';
    if (isNews) await tellFailed(apply, parent, link.child, child.quarantine);
    return true;
  }
  await settlings[link.state](context, apply, { parent, record, id: link.child, child: child ?? null });
  return true;
}

interface Between {
  readonly parent: Running;
  readonly record: ChildRecord;
  /** Of the child, whether it is there or not. */
  readonly id: string;
  readonly child: Running | null;
}

type Settling = (context: ServiceContext, apply: Apply, between: Between) => Promise<void>;

const settlings: Readonly<Record<Link['state'], Settling>> = {
  async start(context, apply, between) {
    const { parent, record, id, child } = between;
    if (record.status !== 'requested') return;
    const startedAt = child?.instance.startedAt ?? (await startChild(context, apply, between));
    if (startedAt !== null) await tell(apply, parent, 'child-started', { child: id, startedAt });
  },
  async cancel(_context, apply, { child }) {
    if (child === null || child.instance.status === 'closed') return;
    await apply.submit(order(child, { type: 'cancel', input: {} }));
  },
  async tell(_context, apply, { parent, record: { status, need }, id, child }) {
    if (child === null) return;
    const { outcome, reason, closedAt } = child.instance;
    const isOver = status === 'ended' || status === 'cancelled';
    if (child.instance.status === 'closed') {
      const why = reason === BY_PARENT ? reason : null;
      if (!isOver) await tell(apply, parent, 'child-ended', { child: id, outcome, reason: why, endedAt: closedAt });
    } else if (isOver && need === 'wanted') await tell(apply, parent, 'child-reopened', { child: id });
  },
};

async function load(context: ServiceContext, id: string): Promise<Loaded | undefined> {
  const [row] = await context.store.loadInstances([id]);
  return row === undefined ? undefined : loadDocument(context, row);
}

/** Starts a child with what its parent holds now; when it began, or null where it could not and the parent is told why. */
async function startChild(context: ServiceContext, apply: Apply, between: Between): Promise<string | null> {
  const { parent, record, id } = between;
  const { instance } = parent;
  const { requestedBy: by, requestedAt: at, step, name } = record;
  const itself = by === ENGINE;
  const actor: Actor = {
    id: by,
    roles: itself ? [ADMIN] : [],
    team: instance.team,
    tenant: instance.tenant,
    via: itself ? null : ENGINE,
  };
  const depth = (instance.parent?.depth ?? 0) + 1;
  const origin = {
    id,
    parent: { instance: instance.id, step, child: name, depth },
    tick: null,
    owner: instance.owner,
    team: instance.team,
  };
  try {
    const { process, row } = await getCompiled(context, record.process, null);
    const fields = fieldsFor(between, (field) => process.fields.get(field)?.personal === true);
    const { instance: started } = await apply.submit({
      target: { kind: 'start', process, version: row.version },
      command: { type: 'start', input: { fields }, actor, at, requestId: id, internal: true, origin },
      request: { actor, requestId: id, ifMatch: null, idempotency: null },
    });
    return started.startedAt;
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    // Too much to do, or another node was first: the link stays open.
    if (error.code === 'unavailable') throw error;
    await tellFailed(apply, parent, id, incidentOf(error, between));
    return null;
  }
}

/** The values that a child is started with. Throws `invalid-input` where a personal one would become another. */
function fieldsFor({ parent, record }: Between, isPersonal: (field: string) => boolean): Record<string, Json> {
  const { process, instance } = parent;
  const fields: Record<string, Json> = {};
  for (const [to, from] of Object.entries(mapping(parent, record))) {
    const value = instance.fields[from]?.value ?? null;
    if (value === null) continue;
    if (process.fields.get(from)?.personal && !isPersonal(to)) {
      throw new ProcessError('invalid-input', {
        zh: `字段 ${from} 是个人信息，${record.process} 的字段 ${to} 也应标为 personal`,
        en: `the field ${from} is personal, and so should be the field ${to} of ${record.process} (personal: true)`,
      });
    }
    fields[to] = value;
  }
  return fields;
}

function mapping({ process }: Running, { step, name }: ChildRecord): Readonly<Record<string, string>> {
  return process.steps.get(step)?.starts.find(({ child }) => child.id === name)?.child.with ?? {};
}

/** Why it failed, for everybody who sees the parent: values that some of them may not see are not repeated. */
function incidentOf({ code, detail, extra }: ProcessError, { parent, record }: Between): Text {
  const { process, instance } = parent;
  const outsider: Actor = { id: '', roles: [], team: null, tenant: instance.tenant, via: null };
  const hidden = hiddenFrom(process, { owner: null, team: null }, outsider)?.fields;
  const given = Object.values(mapping(parent, record));
  if (code !== 'invalid-input' || extra.errors === undefined || !given.some((field) => hidden?.has(field)))
    return detail;
  const names = given.join(', ');
  return {
    zh: `有的值不符合 ${record.process} 的字段；所给字段：${names}`,
    en: `some value does not fit the fields of ${record.process}; given were ${names}`,
  };
}

function tellFailed(apply: Apply, parent: Running, child: string, { zh, en }: Text): Promise<void> {
  return tell(apply, parent, 'child-failed', { child, zh: zh.slice(0, MOST_TEXT), en: en.slice(0, MOST_TEXT) });
}

async function tell(apply: Apply, parent: Running, type: string, input: Command['input']): Promise<void> {
  await apply.submit(order(parent, { type, input }));
}

/** A command that nobody but the service sends. */
function order({ instance: { id, tenant } }: Running, { type, input }: Pick<Command, 'type' | 'input'>): Order {
  const actor: Actor = { id: ENGINE, roles: [ADMIN], team: null, tenant, via: null };
  return {
    target: { kind: 'event', id },
    command: { type, input, actor, requestId: id, internal: true },
    request: { actor, requestId: id, ifMatch: null, idempotency: null },
  };
}
