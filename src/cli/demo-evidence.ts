import { advance, complete, type DemoEvent } from './demo-event.ts';

/** A short process whose evidence the sample deals rest on: what happens in it, in order. */
export interface DemoEvidence {
  readonly process: string;
  readonly evidence: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly events: readonly DemoEvent[];
}

/** The market review of a quarter (`2026-Q1`), and the agreed profile of the ideal customer as the policy's example has it. */
export function demoEvidence(quarter: string): readonly DemoEvidence[] {
  return [
    {
      process: 'quarterly-market-review',
      evidence: 'market-review',
      fields: { quarter },
      events: [
        complete(
          'study',
          {
            growth_rate: 12.5,
            disruptive_technology: false,
            trends: ['直播电商持续增长 / live commerce keeps growing'],
          },
          'reports',
          'media',
        ),
        advance('trends'),
        complete(
          'compare',
          {
            competitor: 'Nimbus CRM',
            features: ['会员 / membership', '自动化 / automation', '报表 / reports'],
            price_delta_pct: -8,
          },
          'product',
          'pricing',
          'marketing',
          'reviews',
        ),
        advance('competitors'),
        complete('swot', {
          strengths: ['实施快 / quick to set up'],
          weaknesses: ['知名度低 / little known'],
          opportunities: ['中小商家 / small shops'],
          threats: ['低价竞争 / low prices'],
        }),
        complete('strategy', { strategy: '专注中小电商 / stay with small e-commerce' }),
        complete('answer', { change_answer: '加快上线新渠道 / new channels sooner' }),
        advance('swot'),
      ],
    },
    {
      process: 'ideal-customer',
      evidence: 'customer-profile',
      fields: {},
      events: [
        complete('describe', {
          staff_from: 50,
          staff_to: 200,
          revenue_from: 5_000_000,
          industry: '电子商务 / e-commerce',
          region: '华东 / East China',
          contact_role: '市场经理 / marketing manager',
          pains: ['网站转化率低 / low conversion on the site'],
          technology: ['自建网站 / a site of its own'],
          budget_from: 50_000,
          budget_to: 100_000,
        }),
        advance('agree'),
        complete('example', {
          example: '杭州启航电子商务有限公司',
          example_staff: 120,
          example_revenue: 12_000_000,
          example_industry: '电子商务 / e-commerce',
          example_region: '华东 / East China',
          example_role: '市场经理 / marketing manager',
          example_pains: true,
          example_technology: true,
          example_budget: 80_000,
        }),
        advance('prove'),
      ],
    },
  ];
}
