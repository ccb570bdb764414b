import type { Actor } from '../../src/engine/types.ts';
import { actor, compiled } from './process.ts';

/** Who may what: separate teams, an owner with work of its own, a step and an activity that not everybody sees. */
export const GUARDED = `
process: loan
title: { zh: 贷款, en: Loan }
subject: loan
roles:
  rep: { title: { zh: 客户经理, en: Representative } }
  finance: { title: { zh: 财务, en: Finance } }
  manager: { title: { zh: 经理, en: Manager } }
  reader: { title: { zh: 查阅, en: Reader } }
  guest: { title: { zh: 访客, en: Guest } }
access:
  see: [rep, finance, manager, reader]
  start: rep
  assign: manager
  teams: separate
  across: [manager, finance]
fields:
  amount: { type: integer }
  rating: { type: integer, title: { zh: 信用评级, en: Rating } }
  verdict: { type: text }
outcomes:
  paid: { title: { zh: 放款, en: Paid } }
  dropped: { title: { zh: 放弃, en: Dropped }, from: any }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      apply:
        title: { zh: 申请, en: Apply }
        owner: instance-owner
        activities:
          form: { title: { zh: 表单, en: Form }, supplies: [amount] }
          credit: { title: { zh: 信用核查, en: Credit check }, by: finance, see: [finance, manager], supplies: [rating] }
        exit:
          worthy: { when: rating >= 5, say: { zh: 评级不足, en: The rating is too low } }
      decide:
        title: { zh: 决定, en: Decide }
        owner: manager
        see: manager
        activities:
          judge: { title: { zh: 审定, en: Judge }, supplies: [verdict] }
        milestone: paid
`;

export const guarded = compiled(GUARDED);

const of = (team: string, person: Actor): Actor => ({ ...person, team });

export const REP = of('east', actor('ren', 'rep'));
export const COLLEAGUE = of('east', actor('cao', 'rep'));
export const STRANGER = of('west', actor('xu', 'rep'));
export const FINANCE = of('bank', actor('fei', 'finance'));
export const MANAGER = of('west', actor('ma', 'manager'));
export const GUEST = of('east', actor('gu', 'guest'));
/** Holds no role at all: it must be the owner to see anything. */
export const NOBODY = of('east', actor('ni'));
