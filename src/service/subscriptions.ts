import { ADMIN } from '../definition/index.ts';
import { newSecret } from '../delivery/index.ts';
import { messageTypes } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { type InputProblem, ProcessError } from '../errors.ts';
import { isSandbox, NAME } from '../names.ts';
import type { SubscriptionRow } from '../store/types.ts';
import { suggest } from '../suggest.ts';
import type { Language } from '../text.ts';
import { type Channels, channelOf, isMailAddress } from './channel.ts';
import type { ServiceContext } from './context.ts';
import { unknownMembers, wrongMember } from './invalid-members.ts';
import type { GivenMembers, SubscriptionView, SubscriptionWithSecret } from './subscription-types.ts';

/** Subscriptions of one tenant. */
export const MOST_SUBSCRIPTIONS = 50;
/** Services of one subscription. */
const MOST_SERVICES = 50;
/** Hours that the secret before may hold beside the new one. */
const OVERLAP = { least: 0, most: 168, default: 24 };
const HOUR_MS = 60 * 60_000;

type Members = Pick<SubscriptionRow, 'url' | 'process' | 'types' | 'services' | 'forRole' | 'forActor' | 'language'>;

/** Throws `role-required`, `invalid-input`, or `not-allowed-now` where the tenant has as many as it may. */
export async function subscribe(
  context: ServiceContext,
  channels: Channels,
  given: GivenMembers,
  actor: Actor,
): Promise<SubscriptionWithSecret> {
  requireAdmin(actor);
  requireOutside(actor);
  const members = await readMembers(context, channels, given);
  const { store, clock, newId, subscribers } = context;
  if ((await store.listSubscriptions(actor.tenant)).length >= MOST_SUBSCRIPTIONS) {
    throw new ProcessError('not-allowed-now', {
      zh: `一个租户最多 ${MOST_SUBSCRIPTIONS} 个订阅；请先删除不用的`,
      en: `a tenant has at most ${MOST_SUBSCRIPTIONS} subscriptions; delete one that is not needed`,
    });
  }
  const row: SubscriptionRow = {
    ...members,
    id: newId(),
    tenant: actor.tenant,
    state: 'active',
    why: null,
    secret: newSecret(),
    formerSecret: null,
    formerUntil: null,
    createdAt: clock.now(),
    createdBy: actor.id,
  };
  await store.addSubscription(row);
  subscribers.changed();
  return { ...viewOf(row), secret: row.secret };
}

/** Nothing leaves a sandbox. Throws `not-allowed-now`. */
function requireOutside({ tenant }: Actor): void {
  if (!isSandbox(tenant)) return;
  throw new ProcessError('not-allowed-now', {
    zh: '沙盒中的事不发往外部，不能订阅；可用 GET /v1/stream 和历史查看',
    en: 'nothing leaves a sandbox, so that nobody can subscribe to it; see GET /v1/stream and the histories',
  });
}

export async function listSubscriptions({ store }: ServiceContext, actor: Actor): Promise<readonly SubscriptionView[]> {
  requireAdmin(actor);
  return (await store.listSubscriptions(actor.tenant)).map(viewOf);
}

/** Throws `role-required`, `not-found`. */
export async function getSubscription(context: ServiceContext, id: string, actor: Actor): Promise<SubscriptionView> {
  return viewOf(await ownSubscription(context, id, actor));
}

/** The subscription as it was. Its messages go with it, in time. Throws `role-required`, `not-found`. */
export async function unsubscribe(context: ServiceContext, id: string, actor: Actor): Promise<SubscriptionView> {
  const row = await ownSubscription(context, id, actor);
  await context.store.changeSubscription(row.tenant, id, { state: 'deleted' });
  context.subscribers.changed();
  return viewOf(row);
}

/** A new secret; the one before holds for `overlapHours` too. Throws `role-required`, `not-found`, `invalid-input`. */
export async function rotateSecret(
  context: ServiceContext,
  id: string,
  given: GivenMembers,
  actor: Actor,
): Promise<SubscriptionWithSecret> {
  const row = await ownSubscription(context, id, actor);
  const problems = unknownMembers(given, ['overlapHours']);
  const hours = given.overlapHours ?? OVERLAP.default;
  if (typeof hours !== 'number' || !Number.isInteger(hours) || hours < OVERLAP.least || hours > OVERLAP.most) {
    const range = `${OVERLAP.least}–${OVERLAP.most}`;
    problems.push(wrongMember('/overlapHours', `应为 ${range} 的整数`, `should be a whole number of ${range}`, hours));
  }
  if (problems.length > 0) throw invalid(problems);
  const change = {
    secret: newSecret(),
    formerSecret: row.secret,
    formerUntil: new Date(Date.parse(context.clock.now()) + Number(hours) * HOUR_MS).toISOString(),
  };
  await context.store.changeSubscription(row.tenant, id, change);
  context.subscribers.changed();
  return { ...viewOf({ ...row, ...change }), secret: change.secret };
}

/** Throws `role-required`, or `not-found`, also for another tenant's. */
export async function ownSubscription({ store }: ServiceContext, id: string, actor: Actor): Promise<SubscriptionRow> {
  requireAdmin(actor);
  const row = (await store.listSubscriptions(actor.tenant)).find((one) => one.id === id);
  if (row !== undefined) return row;
  throw new ProcessError('not-found', {
    zh: '没有这个订阅；GET /v1/subscriptions 可列出所有订阅',
    en: 'there is no such subscription; GET /v1/subscriptions lists those that there are',
  });
}

function requireAdmin({ id, roles }: Actor): void {
  if (roles.includes(ADMIN)) return;
  throw new ProcessError(
    'role-required',
    {
      zh: `管理订阅需要角色 ${ADMIN}；${id} 的角色：${roles.join(', ') || '无'}`,
      en: `subscriptions take the role ${ADMIN}; ${id} holds ${roles.join(', ') || 'none'}`,
    },
    { roles: [ADMIN] },
  );
}

async function readMembers(
  { store, clock }: ServiceContext,
  channels: Channels,
  given: GivenMembers,
): Promise<Members> {
  const problems = unknownMembers(given, ['url', 'process', 'types', 'services', 'for', 'language']);
  const { url, process = null, types = [] } = given;
  const badUrl =
    typeof url === 'string'
      ? channelOf(channels, url).wrongAddress(url)
      : { zh: '应为网址', en: 'should be an address' };
  if (badUrl !== null) problems.push({ pointer: '/url', message: badUrl });
  if (process !== null) {
    const known = (await store.listNewest(clock.now())).map((row) => row.process);
    if (!known.some((one) => one === process)) problems.push(oneOf('/process', process, known));
  }
  const listed: readonly unknown[] = Array.isArray(types) ? types : [];
  const isList = Array.isArray(types) && types.length <= messageTypes.length;
  const found = listed.slice(0, messageTypes.length).map((type, n) => {
    const one = messageTypes.find((known) => known === type);
    if (one === undefined) problems.push(oneOf(`/types/${n}`, type, messageTypes));
    return one;
  });
  if (!isList) {
    const most = messageTypes.length;
    problems.push(wrongMember('/types', `应为不超过 ${most} 项的列表`, `should be a list of at most ${most}`, types));
  }
  const services = readServices(given.services ?? [], problems);
  const whom = readWhom(given.for ?? null, problems);
  const language = readLanguage(given.language ?? null, url, problems);
  if (problems.length > 0 || typeof url !== 'string') throw invalid(problems);
  const names = [...new Set(found.flatMap((type) => (type === undefined ? [] : [type])))];
  return { url, process: typeof process === 'string' ? process : null, types: names, services, ...whom, language };
}

function readServices(given: unknown, problems: InputProblem[]): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(given) ? given : [];
  const names = listed.filter(
    (name): name is string => typeof name === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(name),
  );
  if (!Array.isArray(given) || names.length !== listed.length || listed.length > MOST_SERVICES) {
    problems.push(
      wrongMember(
        '/services',
        `应为不超过 ${MOST_SERVICES} 个服务名称的列表`,
        `should be a list of at most ${MOST_SERVICES} names of services`,
        given,
      ),
    );
  }
  return [...new Set(names)];
}

/** Null: whoever it tells. */
function readWhom(given: unknown, problems: InputProblem[]): Pick<Members, 'forRole' | 'forActor'> {
  const { role = null, actor = null, ...rest } = Object(given);
  const isRole = actor === null && typeof role === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(role);
  const isActor = role === null && typeof actor === 'string' && NAME.test(actor);
  if (given !== null && (Object.keys(rest).length > 0 || (!isRole && !isActor))) {
    problems.push(
      wrongMember(
        '/for',
        '应为 { "role": 角色 } 或 { "actor": 操作人 }',
        'should be { "role": … } or { "actor": … }',
        given,
      ),
    );
  }
  return { forRole: isRole ? role : null, forActor: isActor ? actor : null };
}

/** Null: both. */
function readLanguage(given: unknown, url: unknown, problems: InputProblem[]): Language | null {
  if (given === null) return null;
  if (typeof url === 'string' && !isMailAddress(url)) {
    problems.push(wrongMember('/language', '只用于 mailto: 的订阅', 'is for subscriptions of mailto: alone', given));
    return null;
  }
  if (given === 'zh' || given === 'en') return given;
  problems.push(oneOf('/language', given, ['zh', 'en']));
  return null;
}

function oneOf(pointer: string, value: unknown, known: readonly string[]): InputProblem {
  const near = typeof value === 'string' ? suggest(value.slice(0, 100), known) : null;
  const list = known.join(', ');
  return wrongMember(
    pointer,
    `应为以下之一：${list}${near === null ? '' : `（是否指 ${near}？）`}`,
    `should be one of ${list}${near === null ? '' : ` (did you mean ${near}?)`}`,
    value,
  );
}

function invalid(errors: readonly InputProblem[]): ProcessError {
  const [first] = errors;
  return new ProcessError(
    'invalid-input',
    {
      zh: `订阅有 ${errors.length} 处不正确。${first?.pointer ?? ''} ${first?.message.zh ?? ''}`,
      en: `${errors.length} of the members given are wrong. ${first?.pointer ?? ''} ${first?.message.en ?? ''}`,
    },
    { errors },
  );
}

function viewOf(row: SubscriptionRow): SubscriptionView {
  const {
    id,
    url,
    process,
    types,
    services,
    forRole,
    forActor,
    language,
    state,
    why,
    formerUntil,
    createdAt,
    createdBy,
  } = row;
  const shown: SubscriptionView['state'] = state === 'active' ? 'active' : 'disabled';
  const whom = forRole !== null ? { role: forRole } : forActor !== null ? { actor: forActor } : null;
  return {
    id,
    url,
    process,
    types,
    services,
    for: whom,
    language,
    state: shown,
    why,
    formerUntil,
    createdAt,
    createdBy,
  };
}
