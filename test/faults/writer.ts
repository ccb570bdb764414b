import { canonicalJson } from '../../src/json.ts';
import type { EventInput, HistoryPage } from '../../src/service/types.ts';
import { eventsToMiddle, roundTrip } from '../bench/sales-deal.ts';
import { ADMIN_KEY } from '../bench/server.ts';
import type { Random } from '../engine/random.ts';
import type { Ledger, SentRequest } from './ledger.ts';

/** A client that writes until the server is gone, and goes on with the next one where it was. */
export interface Writer {
  /** Resolves when the server no longer answers. Throws when it answers what no client should see. */
  write(url: string): Promise<void>;
  /** The request whose answer never came, until the next server has said what became of it. */
  unanswered(): SentRequest | null;
}

export interface WriterOptions {
  readonly number: number;
  readonly random: Random;
  readonly ledger: Ledger;
  /** Called at each acknowledged request. */
  readonly onAnswer: () => void;
}

interface Deal {
  readonly id: string;
  readonly script: readonly EventInput[];
  /** Next event of the script. */
  next: number;
}

interface Answer {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: Body;
}

interface Body {
  readonly instance?: { readonly id: string };
  readonly entries?: readonly { readonly seq: number; readonly hash: string }[];
  readonly seq?: number;
  readonly code?: string;
  readonly detail?: string;
}

/** Events of one deal before the client turns to another. */
const MOST_EVENTS = 40;

export function createWriter({ number, random, ledger, onAnswer }: WriterOptions): Writer {
  const deals: Deal[] = [];
  let made = 0;
  let sent = 0;
  /** Sent and never answered: what became of it is not known. */
  let open: { readonly request: SentRequest; readonly deal: Deal | null } | null = null;

  function request(deal: Deal | null, body: object): SentRequest {
    sent += 1;
    const requestId = `w${number}.${sent}`;
    const path = deal === null ? '/v1/instances' : `/v1/instances/${deal.id}/events`;
    const key = random.chance(0.5) ? `key-${requestId}` : null;
    const made = { requestId, path, body: JSON.stringify(body), key, instance: deal?.id ?? null, answered: false };
    ledger.requests.set(requestId, made);
    return made;
  }

  /** The next thing to do: a start, the next event of a deal, or one that leaves the deal where it is. */
  function choose(): { readonly request: SentRequest; readonly deal: Deal | null } {
    if (deals.length < 2 || random.chance(0.05)) {
      const fields = { segment: 'smb', contact: `联系人 ${number}.${sent}` };
      return { request: request(null, { process: 'sales', fields }), deal: null };
    }
    const deal = random.pick(deals);
    const event = deal.script[deal.next];
    if (event === undefined || random.chance(0.1)) {
      return { request: request(deal, { type: 'note', text: `备注 ${sent}` }), deal };
    }
    // Nothing can be advanced to a step that is not open: refused, and recorded.
    if (random.chance(0.1)) return { request: request(deal, { type: 'advance', step: 'long-term' }), deal };
    return { request: request(deal, event), deal };
  }

  async function send(url: string, { requestId, path, body, key }: SentRequest): Promise<Answer | null> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${ADMIN_KEY}`,
          'content-type': 'application/json',
          'x-request-id': requestId,
          ...(key !== null && { 'idempotency-key': key }),
        },
        body,
      });
      text = await response.text();
    } catch {
      return null;
    }
    const answer: Body = JSON.parse(text);
    return { status: response.status, replayed: response.headers.has('idempotency-replayed'), body: answer };
  }

  function settle(deal: Deal | null, request: SentRequest, { status, body }: Answer): void {
    request.answered = true;
    const { requestId } = request;
    const event = JSON.parse(request.body);
    const refusedOnPurpose = event.type === 'advance' && event.step === 'long-term';
    if (status === 409 && refusedOnPurpose && deal !== null && body.seq !== undefined) {
      ledger.acknowledged.push({ instance: deal.id, seq: body.seq, hash: null, requestId });
    } else if ((status === 200 || status === 201) && body.instance !== undefined && !refusedOnPurpose) {
      const instance = body.instance.id;
      for (const { seq, hash } of body.entries ?? []) ledger.acknowledged.push({ instance, seq, hash, requestId });
      if (deal === null) begin(instance);
      else if (event.type !== 'note') deal.next += 1;
    } else throw new Error(`${requestId} ${request.body} was answered ${status} ${body.code} ${body.detail}`);
    if (deal !== null && deal.next >= MOST_EVENTS) deals.splice(deals.indexOf(deal), 1);
    onAnswer();
  }

  function begin(id: string): void {
    made += 1;
    const script = [...eventsToMiddle(`CRM-${number}-${made}`), ...roundTrip, ...roundTrip, ...roundTrip];
    deals.push({ id, script, next: 0 });
  }

  /** What became of the request that the last server never answered. False: this server is gone too. */
  async function resolveOpen(url: string): Promise<boolean> {
    if (open === null) return true;
    const { request, deal } = open;
    if (request.key === null) {
      // A start that may or may not have happened is left alone.
      if (deal !== null) {
        const applied = await wasApplied(url, deal, request.requestId);
        if (applied === null) return false;
        const { type } = JSON.parse(request.body);
        if (applied && type !== 'note') deal.next += 1;
      }
      open = null;
      return true;
    }
    const first = await send(url, request);
    if (first === null) return false;
    ledger.retried += 1;
    if (first.replayed || Object(first.body).replayed === true) ledger.replayed += 1;
    open = null;
    settle(deal, request, first);
    const again = await send(url, request);
    if (again !== null && canonicalJson(again.body.entries ?? null) !== canonicalJson(first.body.entries ?? null)) {
      throw new Error(`${request.requestId} was answered in two ways`);
    }
    return again !== null;
  }

  return {
    unanswered: () => open?.request ?? null,
    async write(url) {
      if (!(await resolveOpen(url))) return;
      for (;;) {
        open = choose();
        const { request, deal } = open;
        const answer = await send(url, request);
        if (answer === null) return;
        open = null;
        settle(deal, request, answer);
      }
    },
  };
}

/** Whether the history holds an accepted entry of a request; null when the server is gone. */
async function wasApplied(url: string, { id }: Deal, requestId: string): Promise<boolean | null> {
  try {
    const path = `${url}/v1/instances/${id}/history?limit=200`;
    const response = await fetch(path, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
    const page: unknown = await response.json();
    const { entries, next } = page as HistoryPage;
    if (next !== null) throw new Error(`the history of ${id} is longer than one page`);
    return entries.some((entry) => entry.requestId === requestId && entry.accepted);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
