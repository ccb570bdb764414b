import { advance, complete, type DemoEvent } from './demo-event.ts';

/** What differs between sample customers. Money in CNY. */
export interface Customer {
  readonly name: string;
  readonly contact: string;
  readonly language: 'zh' | 'en';
  readonly staff: number;
  readonly budget: number;
  readonly match: number;
  readonly needMatch: number;
  readonly discount: number;
  readonly satisfaction: number;
}

const say = ({ language }: Customer, zh: string, en: string) => ({ zh, en })[language];

// The eight steps of the shipped sales process, each as the events that take an ordinary deal through it.

export const marketAnalysis = (customer: Customer): readonly DemoEvent[] => [
  complete('gather', { trends: [say(customer, '直播电商持续增长', 'Live commerce keeps growing')] }),
  complete(
    'screen',
    {
      segment: customer.staff > 500 ? 'enterprise' : 'smb',
      staff: customer.staff,
      budget: customer.budget,
      icp_match: customer.match,
      industry: 'e-commerce',
      region: 'east-china',
      contact: customer.contact,
      contact_role: 'marketing-manager',
    },
    'data-analysis',
  ),
  complete('strategy', {
    channels: ['phone', 'mail'],
    key_messages: [say(customer, '三个月见效', 'Results within three months')],
  }),
];

export const salesTools = (crmId: string): readonly DemoEvent[] => [
  complete('materials', undefined, 'brochure', 'case-studies'),
  complete('scripts', undefined, 'talk-track', 'negotiation-script'),
  complete('crm', { crm_id: crmId }),
];

export const preparation = (customer: Customer, crmId: string): readonly DemoEvent[] => [
  ...marketAnalysis(customer),
  ...salesTools(crmId),
  advance('market-analysis'),
];

export const needs = (customer: Customer, needMatch = customer.needMatch): readonly DemoEvent[] => [
  complete('contact', undefined, 'phone'),
  complete('needs', {
    need_summary: say(customer, '网站转化率低，想提升复购', 'Low conversion on the site; wants repeat buyers'),
    pains: [say(customer, '转化率低', 'Low conversion')],
    budget: customer.budget,
    need_match: needMatch,
  }),
  complete('solution', { solution: say(customer, '会员体系加自动化营销', 'Membership with marketing automation') }),
];

export const firstContact = (customer: Customer): readonly DemoEvent[] => [
  ...needs(customer),
  advance('first-contact'),
];

export const presentation = (customer: Customer, openQuestions = 0): readonly DemoEvent[] => [
  complete('present', { demo_date: '2025-09-20', attendees: 4, buyers: 1 }),
  complete('proposal', { proposal: `https://files.example.com/proposals/${customer.staff}-${customer.budget}.pdf` }),
  complete('questions', { open_questions: openQuestions }),
];

export const demonstration = (customer: Customer): readonly DemoEvent[] => [...presentation(customer), advance('demo')];

/** Quoted below the budget by its discount, on all three terms, signed. */
export const contract = (customer: Customer, number: string, discount = customer.discount): readonly DemoEvent[] => [
  complete('quote', {
    market_price: customer.budget,
    quote: Math.round(customer.budget * (1 - discount / 100)),
    discount,
  }),
  complete('terms', {
    payment_terms: say(customer, '30% 预付，70% 验收后付清', '30 % in advance, 70 % after acceptance'),
    delivery_date: '2025-10-31',
    after_sales_terms: say(customer, '一年免费维护', 'One year of free maintenance'),
  }),
  complete('sign', { contract_no: number, signed_on: '2025-09-30' }),
];

export const negotiation = (customer: Customer, number: string): readonly DemoEvent[] => [
  ...contract(customer, number),
  advance('negotiation'),
];

export const order = (reviewer = 'li.na', openIssues = 0): readonly DemoEvent[] => [
  complete(
    'review-order',
    { order_created_by: 'wang.wei', order_reviewed_by: reviewer },
    'specification',
    'quantity',
    'address',
  ),
  complete('arrange', undefined, 'production'),
  complete('track', { delivered_at: '2025-10-04T10:00:00+08:00', open_issues: openIssues }),
];

export const delivery = (): readonly DemoEvent[] => [...order(), advance('delivery')];

export const visit = (customer: Customer, score = customer.satisfaction): readonly DemoEvent[] => [
  complete('first-visit', { visited_on: '2025-10-06' }),
  complete('survey', { satisfaction: score }, 'questionnaire'),
  complete('opinions', { opinions: [say(customer, '上线很快', 'Went live quickly')] }),
];

export const satisfaction = (customer: Customer): readonly DemoEvent[] => [...visit(customer), advance('satisfaction')];

export const longTerm = (crossSell: DemoEvent): readonly DemoEvent[] => [
  complete('maintenance', { next_maintenance: '2026-05-04' }),
  crossSell,
  complete('customer-file', { file_updated_on: '2025-10-07' }),
  advance('long-term'),
];
