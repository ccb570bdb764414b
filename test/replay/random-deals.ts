import { readFileSync } from 'node:fs';
import type { Actor } from '../../src/engine/types.ts';
import { ProcessError } from '../../src/errors.ts';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import type { EventInput, Service, WriteRequest } from '../../src/service/types.ts';
import { openStore, type StoreOptions } from '../../src/store/index.ts';
import { produceEvidence } from '../bench/evidence.ts';
import { salesYaml } from '../bench/process.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { type Random, random } from '../engine/random.ts';
import { stoppedClock } from '../service/setup.ts';

const HOUR = 3_600_000;
/** Deals that are on their way at a time. */
const AT_ONCE = 64;

const person = (id: string, ...roles: readonly string[]): Actor => ({
  id,
  roles,
  team: 'east',
  tenant: 'main',
  via: null,
});
const ADMIN: Actor = { id: 'ada', roles: ['admin'], team: null, tenant: 'main', via: null };
const ANNA = person('anna', 'marketing', 'rep', 'presales', 'operations', 'service');
const BEN = person('ben', 'manager');
const CORA = person('cora', 'director', 'manager');

type Sent = readonly [Actor, EventInput];

/**
 * A store as a server would have left it after `count` random deals of the shipped sales process, the same for the same seed
 * but for their ids: gates that open and shut, approvals, rework, holds, wrong input, children, signals of time.
 */
export async function randomDeals(options: StoreOptions, count: number, seed: number) {
  const store = await openStore(options);
  await store.migrate();
  const clock = stoppedClock();
  const service = createService({ review: 'off', store, clock, newId, calendars: shippedCalendars });
  await service.publish(readFileSync(new URL('../../processes/account-care.yaml', import.meta.url), 'utf8'), ADMIN);
  await service.publish(salesYaml, ADMIN);
  await produceEvidence(service, () => request(ADMIN));
  const r = random(seed);
  let begun = 0;
  let deals: { readonly id: string; readonly events: Sent[] }[] = [];
  while (begun < count || deals.length > 0) {
    while (deals.length < AT_ONCE && begun < count) {
      begun += 1;
      const fields = r.chance(0.3) ? { contact: `Customer ${begun}` } : {};
      const { instance } = await service.start({ process: 'sales', fields }, request(ANNA));
      deals.push({ id: instance.id, events: eventsOf(r, begun) });
    }
    await Promise.all(deals.map(({ id, events }) => sendNext(service, id, events)));
    deals = deals.filter(({ events }) => events.length > 0);
    clock.move(r.integer(1, 30) * HOUR);
    for (let full = true; full; ) full = (await service.fireTimers(200)).isFull;
    await service.settleLinks(null, 200);
  }
  return { store, service, clock };
}

async function sendNext(service: Service, id: string, events: Sent[]): Promise<void> {
  const [actor, event] = events.shift() ?? [];
  if (actor === undefined || event === undefined) return;
  try {
    await service.send(id, event, request(actor));
  } catch (error) {
    // What is refused is part of the history.
    if (!(error instanceof ProcessError)) throw error;
  }
}

function request(actor: Actor): WriteRequest {
  return { actor, requestId: newId(), ifMatch: null, idempotency: null };
}

/** What happens to one deal, whether or not it is taken. */
function eventsOf(r: Random, n: number): Sent[] {
  const events: Sent[] = [];
  const send = (event: EventInput, actor = ANNA) => events.push([actor, event]);
  const complete = (activity: string, given: object = {}, ...choices: readonly string[]) => {
    if (r.chance(0.08)) noise(r, send);
    send({
      type: 'complete',
      activity,
      ...(choices.length > 0 ? { choices } : {}),
      ...(Object.keys(given).length > 0 ? { with: given } : {}),
    });
  };
  const advance = (step: string) => send(r.chance(0.5) ? { type: 'advance', step } : { type: 'advance' });
  const budget = r.integer(20, 120) * 1000;

  complete('gather');
  complete(
    'screen',
    {
      segment: 'smb',
      staff: r.integer(1, 300),
      budget,
      icp_match: r.integer(0, 100),
      ...(r.chance(0.5) ? { contact: `Person ${n}` } : {}),
    },
    'survey',
  );
  complete('strategy', { channels: ['phone'], key_messages: ['quick'] });
  if (r.chance(0.3)) advance('market-analysis');
  complete('materials', {}, 'brochure');
  complete('scripts', {}, 'talk-track', 'negotiation-script');
  complete('crm', { crm_id: `CRM-${n}` });
  send({ type: 'advance', step: 'market-analysis' });
  for (let round = 0; round < (r.chance(0.2) ? 2 : 1); round += 1) {
    complete('contact', r.chance(0.7) ? { contact: `Person ${n}/${round}` } : {}, 'phone');
    complete('needs', { need_summary: 'repeat buyers', pains: ['x'], budget, need_match: r.integer(10, 100) });
    complete('solution', { solution: 'membership' });
    advance('first-contact');
    if (r.chance(0.6)) {
      send({ type: 'set', fields: { need_match: r.integer(30, 100) } });
      advance('first-contact');
    }
    complete('present', { demo_date: '2026-03-02', attendees: 4, buyers: r.integer(0, 2) });
    complete('proposal', { proposal: 'p' });
    complete('questions', { open_questions: r.integer(0, 1) });
    advance('demo');
    send({ type: 'set', fields: { buyers: 1, open_questions: 0 } });
    advance('demo');
    if (round === 0 && r.chance(0.3)) send({ type: 'rework', to: 'first-contact', reason: 'again' });
    if (r.chance(0.2)) send({ type: 'recall', reason: 'too far' });
  }
  const discount = r.integer(0, 30);
  complete('quote', { market_price: budget, quote: Math.round(budget * (1.1 - discount / 100)), discount });
  complete('terms', { payment_terms: '30 days', delivery_date: '2026-05-04', after_sales_terms: '1 year' });
  complete('sign', { contract_no: `C-${n}`, signed_on: '2026-04-01' });
  advance('negotiation');
  if (r.chance(0.7)) send({ type: 'approve', approval: 'discount' }, BEN);
  if (r.chance(0.5)) send({ type: 'approve', approval: 'discount' }, CORA);
  if (r.chance(0.1)) send({ type: 'reject', approval: 'discount', comment: 'too much' }, CORA);
  advance('negotiation');
  if (r.chance(0.4))
    send({ type: 'override', step: 'negotiation', criteria: ['budget-or-reason'], reason: 'key account' }, BEN);
  advance('negotiation');
  if (r.chance(0.3)) send({ type: 'close', outcome: 'lost', reason: 'price' });
  if (r.chance(0.1)) send({ type: 'reopen', reason: 'again' }, BEN);
  complete(
    'review-order',
    { order_created_by: 'a', order_reviewed_by: r.pick(['a', 'b']) },
    'specification',
    'quantity',
    'address',
  );
  complete('arrange', {}, 'production');
  complete('track', { delivered_at: '2026-04-20T10:00:00+08:00', open_issues: r.integer(0, 1) });
  advance('delivery');
  complete('first-visit', { visited_on: '2026-04-22' });
  complete('survey', { satisfaction: r.integer(1, 10) }, 'questionnaire');
  complete('opinions', { opinions: ['fine'] });
  advance('satisfaction');
  complete('maintenance', { next_maintenance: '2026-10-01' });
  complete('cross-sell', r.chance(0.5) ? { next_offers: ['training'] } : {});
  complete('customer-file', { file_updated_on: '2026-05-01' });
  advance('long-term');
  return events.slice(0, r.chance(0.4) ? r.integer(1, events.length) : events.length);
}

/** Something beside the way. */
function noise(r: Random, send: (event: EventInput, actor?: Actor) => void): void {
  const asides: readonly (() => void)[] = [
    () => send({ type: 'note', text: '备注 / a note' }),
    () => send({ type: 'complete', activity: 'nothing' }),
    () => send({ type: 'set', fields: { need_match: 'much', contact: 3 } }),
    () => send({ type: 'set', fields: { class: 'A' } }),
    () => send({ type: 'xstate.done' }),
    () => send({ type: 'breach' }),
    () => send({ type: 'skip', activity: 'maintenance', reason: 'no time' }),
    () => send({ type: 'undo', activity: 'strategy' }),
    () => send({ type: 'advance' }, BEN),
    () => send({ type: 'set', fields: { contact: null } }),
    () => {
      send({ type: 'hold', reason: 'waiting-customer' });
      if (r.chance(0.5)) send({ type: 'advance' });
      send({ type: 'resume' });
    },
    () => send({ type: 'assign', owner: 'dora', team: 'west' }, ADMIN),
  ];
  r.pick(asides)();
}
