import type { EventInput, Service } from '../../src/service/types.ts';
import { eventsToMiddle, startBody } from '../bench/sales-deal.ts';
import { ADMIN, DEPUTY } from '../engine/process.ts';
import { type Random, random } from '../engine/random.ts';
import { request } from './setup.ts';

/** From the middle of the first contact to the end of a deal. */
function eventsOnward(discount: number): readonly EventInput[] {
  return [
    { type: 'complete', activity: 'needs', with: { need_summary: 'x', pains: ['x'], budget: 90_000, need_match: 80 } },
    { type: 'complete', activity: 'solution', with: { solution: 'x' } },
    { type: 'advance' },
    { type: 'complete', activity: 'present', with: { demo_date: '2026-02-05', attendees: 6, buyers: 2 } },
    { type: 'complete', activity: 'proposal', with: { proposal: 'https://docs.example.com/1.pdf' } },
    { type: 'complete', activity: 'questions', with: { open_questions: 0 } },
    { type: 'advance' },
    { type: 'complete', activity: 'quote', with: { market_price: 85_000, quote: 78_000, discount } },
    ...(discount > 10 ? [{ type: 'request-approval', approval: 'discount' }] : []),
    {
      type: 'complete',
      activity: 'terms',
      with: { payment_terms: 'x', delivery_date: '2026-04-15', after_sales_terms: 'x' },
    },
    { type: 'complete', activity: 'sign', with: { contract_no: 'C-1', signed_on: '2026-02-12' } },
    ...(discount > 10 ? [{ type: 'approve', approval: 'discount' }] : []),
    { type: 'advance' },
    {
      type: 'complete',
      activity: 'review-order',
      choices: ['specification', 'quantity', 'address'],
      with: { order_created_by: 'Li', order_reviewed_by: 'Wang' },
    },
    { type: 'complete', activity: 'arrange', choices: ['production'] },
    { type: 'complete', activity: 'track', with: { delivered_at: '2026-02-13T09:00:00Z', open_issues: 0 } },
    { type: 'advance' },
    { type: 'complete', activity: 'first-visit', with: { visited_on: '2026-02-13' } },
    { type: 'complete', activity: 'survey', choices: ['questionnaire'], with: { satisfaction: 9 } },
    { type: 'complete', activity: 'opinions', with: { opinions: ['x'] } },
  ];
}

/** So many deals, each as far as chance has it; some are on hold. All that is sent is accepted. */
export async function dealsUnderway(service: Service, count: number, seed: number): Promise<readonly string[]> {
  const r = random(seed);
  return await Promise.all(Array.from({ length: count }, (_, n) => dealUnderway(service, n, r)));
}

async function dealUnderway(service: Service, n: number, r: Random): Promise<string> {
  const all = [...eventsToMiddle(`CRM-${n}`), ...eventsOnward(r.pick([5, 8, 15, 18]))];
  const events = all.slice(0, r.integer(0, all.length));
  const isHeld = r.chance(0.15);
  const { id } = (await service.start(startBody, request())).instance;
  for (const event of events) await service.send(id, event, request(event.type === 'approve' ? DEPUTY : ADMIN));
  if (isHeld) await service.send(id, { type: 'hold', reason: 'waiting-customer' }, request());
  return id;
}
