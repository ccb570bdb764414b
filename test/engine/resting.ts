import type { EvidenceOf } from '../../src/engine/types.ts';

/** Rests on evidence of others in every way that there is, and produces some. */
export const RESTING = `
process: resting
title: { zh: 依据证据, en: Resting }
subject: case
key: number
roles:
  clerk: { title: { zh: 职员, en: Clerk } }
  boss: { title: { zh: 主管, en: Boss } }
fields:
  number: { type: text }
  region: { type: choice, of: [east, west, south] }
  first_day: { type: date }
  notes: { type: list, of: text, max: 3 }
  worth: { type: number }
outcomes:
  done: { title: { zh: 完成, en: Done } }
  dropped: { title: { zh: 放弃, en: Dropped }, from: any, reasons: [cost, time] }
evidence:
  finding: { title: { zh: 结论, en: Finding }, on: done, valid: { for: 1 month, from: first_day }, scope: [region] }
reopen: { within: 30 days, by: boss }
override: { by: boss }
phases:
  only:
    title: { zh: 办理, en: Work }
    steps:
      begin:
        title: { zh: 开始, en: Begin }
        owner: clerk
        activities:
          place: { title: { zh: 地点, en: Place }, supplies: [region], may_supply: [first_day] }
          general: { title: { zh: 总体, en: General }, source: "1.1", shared: reviews/general }
          local:
            title: { zh: 当地, en: Local }
            shared: { evidence: reviews/local, scope: { region: region } }
            may_supply: [notes]
          price: { title: { zh: 价格, en: Price }, any: [mail, phone], supplies: [worth], shared: reviews/prices, when: region != "south" }
      make:
        title: { zh: 制作, en: Make }
        rework: { to: [begin] }
        activities:
          look: { title: { zh: 查看, en: Look } }
        milestone: done
      last:
        title: { zh: 最后, en: Last }
        activities:
          file: { title: { zh: 归档, en: File } }
`;

/** The instance that produced what tests rest on. */
export const PRODUCER = '00000000-0000-7000-8000-00000000000e';

const found = (validFrom: string, validTo: string) => [{ instance: PRODUCER, validFrom, validTo }];

const local: Readonly<Record<string, ReturnType<typeof found>>> = {
  '{"region":"east"}': found('2026-01-01', '2026-03-31'),
  '{"region":"west"}': found('2025-10-01', '2025-12-31'),
  '{"region":"south"}': found('2026-04-01', '2026-06-30'),
};

/** What there is in the tests of the engine: all that sales rests on, and something of each state. */
export const EVIDENCE: EvidenceOf = (name, scope) =>
  name === 'reviews/local' ? (local[scope] ?? []) : name.startsWith('nobody/') ? [] : found('2026-01-01', '2026-03-31');
