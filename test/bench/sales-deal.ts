import type { EventInput, StartInput } from '../../src/service/types.ts';

// One deal of the sales process as clients send it.

/** Begins a deal; the business key comes later, with its activity `crm`. */
export const startBody: StartInput = { process: 'sales', fields: {} };

/**
 * The events that bring a new deal to the middle of its first contact. With its start, and the step that advances by
 * itself, they make ten history entries.
 */
export function eventsToMiddle(crmId: string): readonly EventInput[] {
  return [
    {
      type: 'complete',
      activity: 'gather',
      with: { trends: ['直播带货', '跨境电商'], opportunities: ['中小商家需要一体化的订单系统'] },
    },
    {
      type: 'complete',
      activity: 'screen',
      choices: ['data-analysis'],
      with: {
        segment: 'smb',
        staff: 120,
        budget: 80_000,
        icp_match: 85,
        revenue: 12_000_000,
        industry: 'e-commerce',
        region: 'east-china',
        contact_role: 'marketing-manager',
        pains: ['订单处理慢', '库存不准'],
        technology: ['ERP', '自建网店'],
      },
    },
    {
      type: 'complete',
      activity: 'strategy',
      with: { channels: ['phone', 'mail'], key_messages: ['三个月内订单处理时间减半'] },
    },
    { type: 'advance', step: 'market-analysis' },
    { type: 'complete', activity: 'materials', choices: ['brochure', 'case-studies'] },
    { type: 'complete', activity: 'scripts', choices: ['talk-track', 'negotiation-script'] },
    { type: 'complete', activity: 'crm', with: { crm_id: crmId } },
    contact,
  ];
}

const contact: EventInput = {
  type: 'complete',
  activity: 'contact',
  choices: ['phone'],
  with: { contact: '王女士 13800000000' },
};

const needs: EventInput = {
  type: 'complete',
  activity: 'needs',
  with: { need_summary: '统一管理线上线下订单，月底前完成选型', pains: ['订单处理慢'], budget: 90_000, need_match: 80 },
};

/** Events that are all accepted, lead from the middle through the demonstration and back to the middle, for ever. */
export const roundTrip: readonly EventInput[] = [
  needs,
  { type: 'undo', activity: 'needs' },
  needs,
  { type: 'set', fields: { need_match: 75 } },
  {
    type: 'complete',
    activity: 'solution',
    with: { solution: '标准版加库存模块，分两期上线', feedback: ['希望先试用'] },
  },
  { type: 'advance', step: 'first-contact' },
  { type: 'complete', activity: 'present', with: { demo_date: '2026-03-05', attendees: 6, buyers: 2 } },
  { type: 'complete', activity: 'proposal', with: { proposal: 'https://docs.example.com/proposals/2026-0305.pdf' } },
  { type: 'complete', activity: 'questions', with: { open_questions: 1, feedback: ['界面清楚', '需要英文报表'] } },
  { type: 'undo', activity: 'proposal' },
  { type: 'set', fields: { open_questions: 0 } },
  { type: 'rework', step: 'demo', to: 'first-contact', reason: '客户要求重新确认预算范围' },
  contact,
];
