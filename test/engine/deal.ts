import { decide, start } from '../../src/engine/index.ts';
import type { Actor, Command, EntryDraft } from '../../src/engine/types.ts';
import { accepted, actor, command, compiled, environment } from './process.ts';

/** One step with one approval of the discount; `words` are what the case is about. */
export function dealProcess(words: string, { step = '', top = '' } = {}) {
  return compiled(`
process: deal
title: { zh: 商机, en: Deal }
subject: deal
roles:
  rep: { title: { zh: 代表, en: Rep } }
  manager: { title: { zh: 经理, en: Manager }, held_by: [mei, max] }
  director: { title: { zh: 总监, en: Director } }
  legal: { title: { zh: 法务, en: Legal } }
${top}
fields:
  discount: { type: percent }
  amount: { type: money, currency: CNY }
  terms: { type: text }
outcomes: { won: { title: { zh: 赢单, en: Won } } }
phases:
  sell:
    title: { zh: 销售, en: Sell }
    steps:
      visit:
        title: { zh: 拜访, en: Visit }
        owner: rep
      quote:
        title: { zh: 报价, en: Quote }
        owner: rep
        ${step}
        rework: { to: [visit] }
        activities: { offer: { title: { zh: 报价, en: Offer }, optional: true, may_supply: [discount, amount, terms] } }
        approvals:
          price: { title: { zh: 价格审批, en: Approval of the price }, ${words} }
        milestone: won
      deliver: { title: { zh: 交付, en: Deliver } }
`);
}

export const people = {
  anna: actor('anna', 'rep'),
  mei: actor('mei', 'manager'),
  max: actor('max', 'manager'),
  dora: actor('dora', 'director'),
  both: actor('both', 'manager', 'director'),
  lea: actor('lea', 'legal'),
  wang: actor('wang'),
  boss: actor('boss', 'rep', 'manager'),
  ada: actor('ada', 'admin'),
} satisfies Readonly<Record<string, Actor>>;

/**
 * Plays `who verb [member=value …] → what comes of it` in the step `quote`, parted by `; `: what comes is the status of the
 * approval, or the code of a refusal. `asked` is short for `anna request-approval → requested`, `@20` the 20th of
 * February 2026 (the 13th otherwise). `found` is the same text with what really came.
 */
export function play(words: string, moves: string, options: Parameters<typeof dealProcess>[1] = {}) {
  const process = dealProcess(words, options);
  const begun = command('start', { fields: { discount: 15 } }, people.anna);
  let { instance } = accepted(start(process, 1, begun, environment()));
  instance = accepted(decide(process, instance, command('advance', {}, people.anna), environment())).instance;
  const entries: EntryDraft[] = [];
  const found = moves.split('; ').map((move) => {
    const [what = ''] = (move === 'asked' ? ASKED : move).split(' → ');
    const { order, day } = orderOf(what);
    const answer = decide(process, instance, order, environment(`2026-02-${day}T09:30:00.000Z`));
    instance = answer.instance ?? instance;
    entries.push(...answer.entries);
    const came = `${what} → ${answer.ok ? (instance.approvals.price?.status ?? 'none') : answer.code}`;
    return came === ASKED && move === 'asked' ? move : came;
  });
  return { found: found.join('; '), instance, entries, process };
}

const ASKED = 'anna request-approval → requested';
const about = ['request-approval', 'approve', 'reject', 'reassign', 'add-approver', 'withdraw'];

function orderOf(what: string): { readonly order: Command; readonly day: string } {
  const [who = '', type = '', ...rest] = what.split(' ');
  const actor = Object.values(people).find(({ id }) => id === who);
  const pairs = rest.flatMap((word) => (word.includes('=') ? [pair(type, word)] : []));
  const { at, ...members } = {
    ...(about.includes(type) ? { approval: 'price' } : {}),
    at: undefined,
    ...Object.fromEntries(pairs),
  };
  const day = rest.find((word) => word.startsWith('@'))?.slice(1) ?? '13';
  return { order: command(type, members, actor, at), day };
}

function pair(type: string, word: string): readonly [string, unknown] {
  const [name = '', value = ''] = word.split('=');
  if (type !== 'set') return [name, value];
  return ['fields', { [name]: value === 'null' ? null : Number.isNaN(Number(value)) ? value : Number(value) }];
}
