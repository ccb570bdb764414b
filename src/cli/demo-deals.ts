import type { Text } from '../text.ts';
import { demoCustomers } from './demo-customers.ts';
import { advance, close, complete, type DemoEvent, event, note, refused, rework, set, signal } from './demo-event.ts';
import * as step from './demo-steps.ts';

/** One sample deal of the shipped sales process: what happens to it, in order. */
export interface DemoDeal {
  readonly key: string;
  readonly customer: step.Customer;
  readonly story: Text;
  readonly events: readonly DemoEvent[];
}

interface Story {
  readonly zh: string;
  readonly en: string;
  readonly play: (customer: step.Customer, key: string) => readonly DemoEvent[];
}

const skipped = event('skip', { activity: 'cross-sell', reason: '客户今年没有新增预算 / no more budget this year' });
const offered = complete('cross-sell', { next_offers: ['analytics', 'training'] });

const toContact = (customer: step.Customer, key: string) => step.preparation(customer, key);
const toDemo = (customer: step.Customer, key: string) => [...toContact(customer, key), ...step.firstContact(customer)];
const toNegotiation = (customer: step.Customer, key: string) => [
  ...toDemo(customer, key),
  ...step.demonstration(customer),
];
const toDelivery = (customer: step.Customer, key: string) => [
  ...toNegotiation(customer, key),
  ...step.negotiation(customer, `HT-${key}`),
];
const toSatisfaction = (customer: step.Customer, key: string) => [...toDelivery(customer, key), ...step.delivery()];
const toLongTerm = (customer: step.Customer, key: string) => [
  ...toSatisfaction(customer, key),
  ...step.satisfaction(customer),
];

const stories: readonly Story[] = [
  {
    zh: '一路赢单，走完后期收尾',
    en: 'won, and through wrap-up to its end',
    play: (c, key) => [...toLongTerm(c, key), ...step.longTerm(skipped)],
  },
  {
    zh: '赢单，收尾时发现交叉销售机会',
    en: 'won, with a cross-sell chance found in wrap-up',
    play: (c, key) => [...toLongTerm(c, key), ...step.longTerm(offered)],
  },
  {
    zh: '结束之后仍可备注，但不能再改',
    en: 'finished: a note is taken, a change is not',
    play: (c, key) => [
      ...toLongTerm(c, key),
      ...step.longTerm(skipped),
      note('Reference visit agreed for spring'),
      refused('not-allowed-now', set({ satisfaction: 10 })),
    ],
  },
  {
    zh: '签约后不能再判输单：结果已定；承运商发信号告知已交付',
    en: 'signed: it can no longer be called lost; the carrier tells of the delivery',
    play: (c, key) => [
      ...toDelivery(c, key),
      refused('not-allowed-now', close('lost', 'price')),
      ...step.order(),
      // The carrier knows the number of the deal, not the deal.
      signal('delivered', { delivered_at: '2025-10-04T16:00:00+08:00', open_issues: 0 }),
      advance('delivery'),
    ],
  },
  {
    zh: '交付有未解决问题，复核人就是创建人：两道关口',
    en: 'delivery with an open issue, reviewed by its own author: two shut gates',
    play: (c, key) => [...toDelivery(c, key), ...step.order('wang.wei', 1), refused('gate-shut', advance('delivery'))],
  },
  {
    zh: '满意度低，填写改进措施后通过',
    en: 'a low score passes once improvements are named',
    play: (c, key) => [
      ...toSatisfaction(c, key),
      ...step.visit(c, 4),
      refused('gate-shut', advance('satisfaction')),
      set({ improvements: ['安装前电话确认 / call before installation'] }),
      advance('satisfaction'),
    ],
  },
  {
    zh: '维护长期关系，跳过交叉销售',
    en: 'in long-term care, cross-sell skipped',
    play: (c, key) => [
      ...toLongTerm(c, key),
      refused('not-allowed-now', event('skip', { activity: 'maintenance', reason: 'no time' })),
      skipped,
      note('Prefers calls on Friday mornings'),
    ],
  },
  {
    zh: '前期准备中输单：没有预算',
    en: 'lost in preparation: no budget',
    play: (c) => [...step.marketAnalysis(c), close('lost', 'no-budget')],
  },
  {
    zh: '初次接触中挂起又恢复，两次联系仍迟迟未决而输单',
    en: 'on hold at first contact, resumed, contacted again, lost: no decision',
    play: (c, key) => [
      ...toContact(c, key),
      complete('contact', undefined, 'phone'),
      event('hold', { reason: 'waiting-customer' }),
      refused('not-allowed-now', complete('contact', undefined, 'mail')),
      event('resume'),
      complete('contact', undefined, 'mail'),
      close('lost', 'no-decision'),
    ],
  },
  {
    zh: '演示后输单：选择了竞争对手',
    en: 'lost after the demonstration: a competitor',
    play: (c, key) => [
      ...toDemo(c, key),
      ...step.presentation(c, 2),
      refused('invalid-input', close('lost', 'competition')),
      close('lost', 'competitor'),
    ],
  },
  {
    zh: '谈判中输单（价格），重开后再次输单',
    en: 'lost in negotiation (price), reopened, lost again',
    play: (c, key) => [
      ...toNegotiation(c, key),
      ...step.contract(c, `HT-${key}`).slice(0, 1),
      close('lost', 'price'),
      event('reopen', { reason: '客户又来询价 / the customer asked again' }),
      close('lost', 'price'),
    ],
  },
  {
    zh: '筛选时判定不合格',
    en: 'disqualified while screening',
    play: (c) => [...step.marketAnalysis(c).slice(0, 2), close('disqualified', 'no-match')],
  },
  {
    zh: '需求匹配度不足，关口不放行，判定不合格',
    en: 'needs match too little: the gate is shut, then disqualified',
    play: (c, key) => [
      ...toContact(c, key),
      ...step.needs(c, 30),
      refused('gate-shut', advance('first-contact')),
      close('disqualified', 'no-match'),
    ],
  },
  {
    zh: '演示之后不能再判不合格',
    en: 'too late to be disqualified once the demonstration began',
    play: (c, key) => [...toDemo(c, key), refused('not-allowed-now', close('disqualified', 'unreachable'))],
  },
  {
    zh: '谈判退回演示（一次退错已撤回），再次谈成',
    en: 'sent back from negotiation to the demonstration (once too far, recalled), then won',
    play: (c, key) => [
      ...toNegotiation(c, key),
      rework('first-contact', '客户换了决策人 / a new decision maker'),
      event('recall', { reason: '只需再演示一次 / another demonstration is enough' }),
      rework('demo', '客户换了决策人 / a new decision maker'),
      ...step.demonstration(c),
      ...step.negotiation(c, `HT-${key}`),
    ],
  },
  {
    zh: '演示退回初次接触',
    en: 'sent back from the demonstration to first contact',
    play: (c, key) => [
      ...toDemo(c, key),
      ...step.presentation(c, 5),
      rework('first-contact', 'The needs were understood wrongly'),
      complete('contact', undefined, 'meeting'),
    ],
  },
  {
    zh: '从谈判最多退回三次，第四次被拒',
    en: 'three rounds of rework from negotiation; the fourth is refused',
    play: (c, key) => [
      ...toNegotiation(c, key),
      ...[1, 2, 3].flatMap((round) => [rework('demo', `第 ${round} 次 / round ${round}`), ...step.demonstration(c)]),
      refused('not-allowed-now', rework('demo', '第 4 次 / round 4')),
    ],
  },
  {
    zh: '折扣 18%：推进即申请审批，申请人不能自批，经理请假，转给 mei',
    en: 'a discount of 18 %: to advance is to ask for approval, which the asker cannot give; handed to mei',
    play: (c, key) => [
      ...toNegotiation(c, key),
      ...step.contract(c, `HT-${key}`, 18),
      refused('approval-requested', advance('negotiation')),
      refused('approval-own-request', event('approve', { approval: 'discount' })),
      event('reassign', { approval: 'discount', from: 'manager', to: 'mei' }),
      refused('gate-shut', advance('negotiation')),
    ],
  },
  {
    zh: '报价超出预算，经理强制通过',
    en: 'a quote above the budget passes by override',
    play: (c, key) => [
      ...toNegotiation(c, key),
      ...step.contract(c, `HT-${key}`),
      set({ quote: c.budget + 12_000 }),
      refused('gate-shut', advance('negotiation')),
      event('override', { step: 'negotiation', criteria: ['budget-or-reason'], reason: '战略客户 / a key account' }),
      advance('negotiation'),
    ],
  },
  {
    zh: '还有问题未解答，不能离开演示',
    en: 'open questions keep it in the demonstration',
    play: (c, key) => [
      ...toDemo(c, key),
      ...step.presentation(c, 3),
      refused('gate-shut', advance('demo')),
      complete('questions', { open_questions: 0, feedback: ['Wants a pilot'] }),
      advance('demo'),
    ],
  },
  {
    zh: '做完又撤销，再重做',
    en: 'an activity done, undone and done again',
    play: (c, key) => [
      ...step.marketAnalysis(c),
      event('undo', { activity: 'strategy' }),
      refused('gate-shut', advance('market-analysis')),
      complete('strategy', { channels: ['meeting'] }),
      ...step.salesTools(key),
      advance('market-analysis'),
    ],
  },
  {
    zh: '各种写错的请求，逐条说明原因',
    en: 'requests that are wrong in many ways, each told why',
    play: (c) => [
      refused('unknown-event', event('complet', { activity: 'gather' })),
      refused('unknown-event', event('xstate.done.state.sales')),
      refused('invalid-input', complete('screen', { staff: 'many' }, 'guessing')),
      refused('invalid-input', set({ class: 'A' })),
      refused('not-allowed-now', complete('sign', { contract_no: 'HT-0', signed_on: '2025-09-30' })),
      ...step.marketAnalysis(c),
    ],
  },
  { zh: '刚刚开始', en: 'just started', play: () => [] },
  {
    zh: '两个环节并行：资料已就绪，市场分析还缺细则',
    en: 'two steps at once: the tools are ready, the analysis is not',
    play: (c, key) => [
      ...step.salesTools(key),
      ...step.marketAnalysis(c).slice(0, 1),
      refused('gate-shut', advance('market-analysis')),
    ],
  },
];

/** The company alone: a person's name belongs into a personal field, which can be erased; the history cannot. */
const introduction = ({ name, language }: step.Customer) =>
  note({ zh: `客户：${name}`, en: `Customer: ${name}` }[language]);

/** About two dozen deals, on every path that the sales process has; the same for the same seed. */
export function demoDeals(seed: number): readonly DemoDeal[] {
  return demoCustomers(seed).flatMap((customer, i) => {
    const story = stories[i];
    if (story === undefined) return [];
    const key = `DEMO-${seed}-${String(i + 1).padStart(2, '0')}`;
    return [
      {
        key,
        customer,
        story: { zh: story.zh, en: story.en },
        events: [introduction(customer), ...story.play(customer, key)],
      },
    ];
  });
}
