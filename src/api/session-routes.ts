import { ProcessError } from '../errors.ts';
import { isOperator } from '../service/index.ts';
import type { Session } from '../service/types.ts';
import { version } from '../version.ts';
import { answerStranger, invalidKey } from './admission.ts';
import { answerJson } from './answer.ts';
import { credentialOf } from './credential.ts';
import type { Actor, Exchange } from './exchange.ts';
import { crossSite, originOf } from './origin.ts';
import { readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';
import { readSignIn, type SignIn, tooLong } from './session-body.ts';
import { endSession, keepSession } from './session-cookie.ts';

const PATH = '/v1/session';

export const sessionRoutes: readonly Route[] = [
  // What it is given is a key.
  { method: 'POST', path: PATH, open: true, handle: signIn },
  { method: 'GET', path: PATH, open: false, handle: showSession },
  { method: 'DELETE', path: PATH, open: false, handle: signOut },
];

/** For so many seconds a browser stays signed in with a key that does not end sooner. */
const LONGEST = 30 * 24 * 60 * 60;
/** Strangers are not read more from than the longest key takes. */
const MOST_BYTES = 16_384;
const MOST_DEPTH = 2;

async function signIn(exchange: Exchange): Promise<void> {
  const { req, world } = exchange;
  readQuery(exchange, {});
  // Else another site could sign its visitors in as somebody else, who would then read what they enter.
  if (originOf(req) === 'other') throw crossSite();
  const bounds = { jsonBytes: Math.min(MOST_BYTES, world.limits.jsonBytes), jsonDepth: MOST_DEPTH };
  const found = await sessionWith(exchange, readSignIn(await readObject(exchange, bounds)));
  if (found instanceof ProcessError) {
    await answerStranger(exchange, found, null);
    return;
  }
  exchange.actor = found.actor;
  if (!(await world.rates.actor(exchange))) return;
  const cookie = keepSession(req, found.secret, secondsLeft(exchange, found));
  if (cookie === null) throw tooLong();
  answerSession(exchange, ['Set-Cookie', cookie]);
}

/** Whose the key is, or the one that the ticket is redeemed for; or why there is none. */
async function sessionWith(
  { world: { service } }: Exchange,
  given: SignIn,
): Promise<(Session & { readonly secret: string }) | ProcessError> {
  try {
    const secret = given.with === 'key' ? given.secret : await service.redeemTicket(given.secret);
    if (secret === null) return invalidTicket();
    const session = await service.signIn(secret);
    return session === null ? invalidKey() : { ...session, secret };
  } catch (error) {
    if (error instanceof ProcessError) return error;
    throw error;
  }
}

function invalidTicket(): ProcessError {
  return new ProcessError('unauthenticated', {
    zh: '该登录链接已经用过，或已超过 15 分钟。请用密钥登录，或重新启动 phasegate serve 以取得新的链接。',
    en: 'This link was used before, or is older than 15 minutes. Sign in with a key, or start `phasegate serve` again for another link.',
  });
}

/** At least one: a token is taken a little longer than it says, and 0 would end the session with its beginning. */
function secondsLeft({ world: { clock } }: Exchange, { expiresAt }: Session): number {
  if (expiresAt === null) return LONGEST;
  const left = Math.floor((Date.parse(expiresAt) - Date.parse(clock.now())) / 1000);
  return Math.max(1, Math.min(LONGEST, left));
}

async function showSession(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerSession(exchange);
}

/** The key of a sign-in link ends with its session, since nobody else has it; any other is its holder's. */
async function signOut(exchange: Exchange): Promise<void> {
  const { req, world } = exchange;
  readQuery(exchange, {});
  const credential = credentialOf(req);
  if (credential?.from === 'cookie' && credential.secret !== null) await world.service.retireKey(credential.secret);
  answerSession(exchange, ['Set-Cookie', endSession(req)]);
}

function answerSession(exchange: Exchange, headers: readonly string[] = []): void {
  const { actor, world } = exchange;
  answerJson(exchange, 200, { ...whoIs(actor), server: { version, review: world.service.reviewRule } }, headers);
}

function whoIs(actor: Actor) {
  const { id, roles, team, tenant, via } = actor;
  return { actor: id, roles, team, tenant, via, operator: isOperator(actor) };
}
