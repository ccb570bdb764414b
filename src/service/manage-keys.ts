import { ADMIN, INSTANCE_OWNER } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import { type InputProblem, ProcessError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { isActorName, isSandbox, isTeamName } from '../names.ts';
import type { ApiKeyRow } from '../store/types.ts';
import { suggest } from '../suggest.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers, unknownMembers, wrongMember } from './invalid-members.ts';
import type { KeyMade, KeyView } from './key-types.ts';
import type { Keys } from './keys.ts';
import { requireAdmin } from './operator.ts';
import type { GivenMembers } from './subscription-types.ts';

/** Keys of all tenants together: more are not read. */
const MOST_KEYS = 1_000;
const MOST_ROLES = 50;
const MOST_DAYS = 3_650;
const DAY_MS = 24 * 60 * 60_000;
const ROLE = /^[a-z][a-z0-9-]{0,63}$/;

const what = { zh: '管理密钥', en: 'looking after keys' };

/** Those of the tenant, the newest first. Throws `role-required`. */
export async function listKeys({ store, clock }: ServiceContext, actor: Actor): Promise<readonly KeyView[]> {
  requireAdmin(actor, what);
  const rows = (await store.listApiKeys()).filter(({ tenant }) => tenant === actor.tenant);
  const now = clock.now();
  return rows.map((row) => viewOf(row, now)).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/**
 * A key of the actor's own tenant, whose administrators hold every role in it. Its secret is told once: where `once` (what
 * one click has named) made a key before, that key is given without it. Throws `role-required`, `invalid-input`,
 * `idempotency-mismatch`, `not-allowed-now`.
 */
export async function makeKey(
  context: ServiceContext,
  keys: Pick<Keys, 'create'>,
  given: GivenMembers,
  once: string | null,
  actor: Actor,
): Promise<KeyMade> {
  requireAdmin(actor, what);
  const { store, clock, newId } = context;
  if (isSandbox(actor.tenant)) throw inSandbox();
  const { actor: name, roles, team, purpose, actsForOthers, lifeMs } = await readMembers(context, given, actor.tenant);
  const id = once === null ? newId() : idOf(0, JSON.stringify(['key', actor.tenant, actor.via ?? actor.id, once]));
  await store.forgetApiKeys(clock.now());
  const known = await store.listApiKeys();
  const before = known.find((row) => row.id === id);
  if (before !== undefined) {
    const isSame = before.actor === name && JSON.stringify(before.roles) === JSON.stringify(roles);
    if (!isSame || before.tenant !== actor.tenant) throw mismatch();
    return { ...viewOf(before, clock.now()), secret: null };
  }
  if (known.length >= MOST_KEYS) throw tooMany();
  const rights = { team, tenant: actor.tenant, actsForOthers, name: purpose, lifeMs, id };
  const { secret } = await keys.create(name, roles, rights);
  const made = (await store.listApiKeys()).find((row) => row.id === id);
  if (made === undefined) throw new Error('a key that was made is not there');
  return { ...viewOf(made, clock.now()), secret };
}

/** The key as it is then; one that was revoked before stays so. Throws `role-required`, `not-found`. */
export async function revokeKey(
  { store, clock }: ServiceContext,
  keys: Pick<Keys, 'revoke'>,
  id: string,
  actor: Actor,
): Promise<KeyView> {
  requireAdmin(actor, what);
  const own = async () => (await store.listApiKeys()).find((row) => row.id === id && row.tenant === actor.tenant);
  if ((await own()) === undefined) throw noKey();
  await keys.revoke(id);
  const row = await own();
  if (row === undefined) throw noKey();
  return viewOf(row, clock.now());
}

function viewOf({ hash: _, tenant: __, ...row }: ApiKeyRow, now: string): KeyView {
  const hasEnded = row.expiresAt !== null && row.expiresAt <= now;
  return { ...row, state: row.revokedAt !== null ? 'revoked' : hasEnded ? 'ended' : 'active' };
}

const MEMBERS = ['actor', 'roles', 'anyRole', 'team', 'name', 'actsForOthers', 'days'];

async function readMembers({ sights }: ServiceContext, given: GivenMembers, tenant: string) {
  const problems: InputProblem[] = unknownMembers(given, MEMBERS);
  const { actor, roles = [], anyRole = false, team = null, name = null, actsForOthers = false, days = null } = given;
  const wrong = (pointer: string, zh: string, en: string, value: unknown) => {
    problems.push(wrongMember(pointer, zh, en, value));
  };
  if (typeof actor !== 'string' || !isActorName(actor))
    wrong('/actor', '应为操作人，1–100 个可见字符', 'should be an actor of 1–100 visible characters', actor);
  const listed: readonly unknown[] = Array.isArray(roles) ? roles : [];
  const held = [...new Set(listed.filter((role): role is string => typeof role === 'string'))].slice(0, MOST_ROLES);
  if (!Array.isArray(roles) || roles.length > MOST_ROLES)
    wrong('/roles', `应为不超过 ${MOST_ROLES} 个角色的列表`, `should be a list of at most ${MOST_ROLES} roles`, roles);
  const known = new Set([ADMIN, ...(await sights.roles(tenant))]);
  for (const [n, role] of listed.slice(0, MOST_ROLES).entries()) {
    const isRole = typeof role === 'string' && ROLE.test(role) && role !== INSTANCE_OWNER;
    if (!isRole) wrong(`/roles/${n}`, '应为流程中的角色 id', 'should be the id of a role of a process', role);
    else if (anyRole !== true && !known.has(role)) {
      const near = suggest(role, known);
      wrong(
        `/roles/${n}`,
        `没有流程声明这个角色${near === null ? '' : `，是否指 ${near}`}；流程尚未发布时加 anyRole: true`,
        `is a role of no process${near === null ? '' : `; did you mean ${near}?`} Say anyRole: true if its process is yet to be published`,
        role,
      );
    }
  }
  if (team !== null && (typeof team !== 'string' || !isTeamName(team)))
    wrong('/team', '应为 1–100 个可见字符', 'should be 1–100 visible characters', team);
  if (name !== null && (typeof name !== 'string' || !isTeamName(name)))
    wrong('/name', '应为 1–100 个可见字符', 'should be 1–100 visible characters', name);
  for (const [pointer, value] of Object.entries({ actsForOthers, anyRole }))
    if (typeof value !== 'boolean') wrong(`/${pointer}`, '应为 true 或 false', 'should be true or false', value);
  const isDays = typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
  if (days !== null && !isDays)
    wrong('/days', `应为 1–${MOST_DAYS} 的整数`, `should be a whole number of 1–${MOST_DAYS}`, days);
  if (problems.length > 0) throw invalidMembers(problems);
  return {
    actor: String(actor),
    roles: held,
    team: typeof team === 'string' ? team : null,
    purpose: typeof name === 'string' ? name : null,
    actsForOthers: actsForOthers === true,
    lifeMs: isDays ? days * DAY_MS : null,
  };
}

function noKey(): ProcessError {
  return new ProcessError('not-found', {
    zh: '没有这个密钥；GET /v1/keys 可列出所有密钥',
    en: 'there is no such key; GET /v1/keys lists those that there are',
  });
}

function inSandbox(): ProcessError {
  return new ProcessError('not-allowed-now', {
    zh: '沙盒没有自己的密钥：去掉沙盒请求头，再新建',
    en: 'a sandbox has no keys of its own: leave its header out',
  });
}

function mismatch(): ProcessError {
  return new ProcessError('idempotency-mismatch', {
    zh: '这个幂等键已用来新建另一个密钥；请换一个',
    en: 'another key was made with this idempotency key; use another one',
  });
}

function tooMany(): ProcessError {
  return new ProcessError('not-allowed-now', {
    zh: `最多保存 ${MOST_KEYS} 个密钥；请用带期限（days）的密钥，它们到期后会清除`,
    en: `at most ${MOST_KEYS} keys are kept; those that end (days) are cleared away after that`,
  });
}
