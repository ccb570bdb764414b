import type { Text } from '../text.ts';
import { advance, by, close, complete, type DemoEvent, event, note, refused, set } from './demo-event.ts';
import * as step from './demo-fair-steps.ts';

/** One sample fair of the shipped process of trade fairs: what happens to it, in order. */
export interface DemoFair {
  readonly key: string;
  readonly fair: step.Fair;
  readonly story: Text;
  /** Whether it takes several people, and so a key that may act for others. */
  readonly people: boolean;
  readonly events: readonly DemoEvent[];
}

interface Told {
  readonly fair: step.Fair;
  readonly key: string;
  readonly seed: number;
  /** Until when its lessons are valid, `2027-12-31`. */
  readonly lastDay: string;
}

interface Story extends Text {
  readonly fair: step.Fair;
  readonly people?: true;
  readonly play: (told: Told) => readonly DemoEvent[];
}

const { anna, mei, li, tom } = step;
const request = anna(event('request-approval', { approval: 'budget' }));
const reopened = mei(event('reopen', { reason: '主办方给了折扣 / the organiser gives a discount' }));
const long = { new_market: true, quarter: '2026 年第四季度 / last quarter of 2026' };

const stories: readonly Story[] = [
  {
    zh: '批准预算，备展次序不限，晚宴经审批跳过，三天展会，重开补记投诉，留下经验',
    en: 'budget approved, prepared in any order, the evening skipped with approval, three days, reopened for complaints, lessons kept',
    fair: { name: '上海零售科技展', region: 'home', visitors: 32_000, size: 36, budget: 120_000 },
    play: ({ fair, key, lastDay }) => [
      ...step.propose(fair, key),
      ...step.decide(),
      refused('gate-shut', anna(step.enter('travel'))),
      ...step.ready(),
      ...step.days(),
      ...step.followUp(),
      anna(step.enter('report')),
      anna(complete('write', { ...step.lessons(lastDay), complaints: 0 })),
      anna(advance('report')),
      mei(event('reopen', { reason: '收到投诉 / there were complaints' })),
      anna(complete('write', { complaints: 2 })),
      refused('gate-shut', anna(advance('report'))),
      anna(set({ complaints: 0 })),
      anna(advance('report')),
    ],
  },
  {
    zh: '吸取上次经验；预算被驳回，按去向退回重做，降低后批准',
    en: 'learns from the last fair; the budget is rejected, a route leads back, a smaller one is approved',
    fair: { name: '广州电商展', region: 'home', visitors: 21_000, size: 36, budget: 180_000 },
    play: ({ fair, key }) => [
      ...step.propose(fair, key),
      step.settle('go'),
      request,
      li(event('reject', { approval: 'budget', comment: '太贵 / too expensive' })),
      refused('gate-shut', anna(advance('decide'))),
      anna(set({ decision: 'cheaper' })),
      anna(advance('decide')),
      ...step.propose({ ...fair, size: 12, budget: 45_000 }, key),
      step.settle('go'),
      refused('approval-requested', anna(advance('decide'))),
      li(step.approve('budget')),
      anna(advance('decide')),
    ],
  },
  {
    zh: '改了预算，已有的同意作废；申请撤销后重来；媒体环节可跳过；开会即总结',
    en: 'a changed budget voids what was approved; a request withdrawn and made again; the press skipped; a meeting ends it',
    fair: { name: '成都服务业展', region: 'home', visitors: 9_000, size: 20, budget: 90_000 },
    play: ({ fair, key, lastDay }) => [
      ...step.propose(fair, key),
      step.settle('go'),
      request,
      mei(step.approve('budget')),
      anna(set({ budget: 98_000 })),
      refused('approval-void', li(step.approve('budget'))),
      request,
      anna(event('withdraw', { approval: 'budget', comment: '等报价 / until the offer is here' })),
      ...step.decide().slice(1),
      anna(event('skip', { step: 'press', reason: '没有新品 / nothing new to show' })),
      ...step.ready(),
      ...step.days(),
      ...step.followUp(),
      anna(step.enter('meeting')),
      anna(complete('meet', step.lessons(lastDay))),
      anna(advance('meeting')),
      note('照片已归档 / photos are filed'),
    ],
  },
  {
    zh: '挂起又恢复；决定不参展，按去向直接结束；重开后撤回一步，最终取消',
    en: 'held and resumed; decided against, a route leads to the end; reopened, a move recalled, cancelled',
    fair: { name: 'Berlin Commerce Days', region: 'abroad', visitors: 6_000, size: 12, budget: 60_000 },
    play: ({ fair, key }) => [
      ...step.propose(fair, key),
      anna(event('hold', { reason: 'organiser', until: '2025-12-01' })),
      anna(event('resume')),
      step.settle('no'),
      anna(advance('decide')),
      refused('not-allowed-now', anna(event('recall'))),
      reopened,
      anna(set({ decision: 'cheaper' })),
      anna(advance('decide')),
      anna(event('recall', { reason: '预算已够低 / it is cheap enough' })),
      anna(close('cancelled', '主办方取消 / the organiser called it off')),
    ],
  },
  {
    zh: '新市场先回顾：子流程因季度写法过长而出错，改正后重试',
    en: 'a new market is reviewed first: the child fails for a quarter too long, corrected and tried again',
    fair: { name: 'Tokyo Retail Week', region: 'abroad', visitors: 26_000, size: 18, budget: 80_000 },
    play: ({ fair, key, seed }) => [
      ...step.draft(fair, key, long),
      refused('gate-shut', anna(advance('propose'))),
      anna(set({ quarter: `Q4 demo ${seed}` })),
      mei(event('retry-child', { child: 'review' })),
      refused('gate-shut', anna(advance('propose'))),
    ],
  },
  {
    zh: '新市场，子流程出错后放弃等待，交给另一位负责人',
    en: 'a new market, the failed child is dismissed; handed to another owner',
    fair: { name: 'Singapore Shop Expo', region: 'abroad', visitors: 22_000, size: 16, budget: 95_000 },
    play: ({ fair, key }) => [
      ...step.draft(fair, key, long),
      mei(event('dismiss-child', { child: 'review', reason: '已有第三方报告 / there is a report of others' })),
      anna(event('assign', { owner: 'tom', reason: '换人负责 / tom takes it over' })),
      anna(advance('propose')),
    ],
  },
  {
    zh: '合同须三人中两人同意：本人不能批，代理人代批，再加签一人',
    en: 'the contract takes two of three: not the asker, a substitute for one of them, and an approver is added',
    fair: { name: 'Paris Boutique Salon', region: 'abroad', visitors: 30_000, size: 24, budget: 130_000 },
    people: true,
    play: ({ fair, key }) => [
      ...step.propose(fair, key),
      ...step.decide(),
      anna(step.enter('stand')),
      anna(complete('order', { stand_cost: 86_000 })),
      anna(complete('test')),
      refused('approval-requested', anna(advance('stand'))),
      refused('role-required', anna(step.approve('contract'))),
      by('wang', step.approve('contract')),
      refused('approval-earlier-approver', by('wang', step.approve('contract'))),
      by('zhou', event('add-approver', { approval: 'contract', actor: 'chen' })),
      by('zhou', step.approve('contract')),
      refused('gate-shut', anna(advance('stand'))),
      by('chen', step.approve('contract')),
      anna(advance('stand')),
    ],
  },
  {
    zh: '四人出差，先经理后财务依次批准；加签、转办，其余照常准备',
    en: 'a journey of four: the manager first, then finance; an approver added, a turn handed on, the rest goes on',
    fair: { name: '深圳礼品展', region: 'home', visitors: 15_000, size: 12, budget: 70_000 },
    play: ({ fair, key }) => [
      ...step.propose(fair, key),
      ...step.decide(),
      ...step.prepare(4),
      refused('approval-requested', anna(advance('travel'))),
      mei(event('add-approver', { approval: 'travel', actor: 'chen', place: 'after' })),
      li(event('reassign', { approval: 'travel', from: 'finance', to: 'wu' })),
      mei(step.approve('travel')),
      refused('gate-shut', anna(advance('travel'))),
      tom(step.enter('party')),
      tom(advance('party')),
    ],
  },
];

/** Sample fairs on the paths that the sales process does not have. `today`: when they are held; until the end of the year after it lessons are valid. */
export function demoFairs(seed: number, today: string): readonly DemoFair[] {
  const lastDay = `${Number(today.slice(0, 4)) + 1}-12-31`;
  return stories.map(({ zh, en, fair, people, play }, i) => {
    const key = `FAIR-${seed}-${String(i + 1).padStart(2, '0')}`;
    return { key, fair, story: { zh, en }, people: people === true, events: play({ fair, key, seed, lastDay }) };
  });
}
