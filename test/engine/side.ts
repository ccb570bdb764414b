import { compiled, run } from './process.ts';

/** Every word about the course of work: any order, joins, optional and repeatable steps, routes, conditional activities. */
export const SIDE = `
process: side
title: { zh: 并行流程, en: Side by side }
subject: case
roles:
  clerk: { title: { zh: 职员, en: Clerk } }
  boss: { title: { zh: 主管, en: Boss } }
fields:
  urgent: { type: boolean }
  score: { type: integer, min: 0, max: 100 }
  budget: { type: integer }
outcomes:
  done: { title: { zh: 完成, en: Done } }
  dropped: { title: { zh: 放弃, en: Dropped }, from: any }
  early: { title: { zh: 提前结束, en: Early }, from: [gather] }
reopen: { within: 30 days, by: boss }
override: { by: boss }
phases:
  gather:
    title: { zh: 收集, en: Gather }
    order: any
    join: { at_least: 2 }
    exit: { urgency-known: known(urgent) }
    steps:
      ask:
        title: { zh: 询问, en: Ask }
        owner: clerk
        repeatable: { max: 3 }
        approvals:
          terms: { title: { zh: 条件, en: Terms }, when: score > 80, by: boss }
        activities:
          call: { title: { zh: 致电, en: Call }, repeatable: true, any: [phone, mail], may_supply: [urgent] }
      look:
        title: { zh: 查看, en: Look }
        optional: true
        activities:
          visit: { title: { zh: 走访, en: Visit }, when: urgent }
      read:
        title: { zh: 阅读, en: Read }
        entry: { scored: known(score) }
        activities:
          skim: { title: { zh: 浏览, en: Skim }, may_supply: [score] }
  judge:
    title: { zh: 评判, en: Judge }
    entry: { not-low: score >= 10 }
    exit: { settled: score != 77 }
    steps:
      draft:
        title: { zh: 起草, en: Draft }
        optional: true
        activities:
          write: { title: { zh: 撰写, en: Write }, supplies: [budget] }
      check:
        title: { zh: 检查, en: Check }
        owner: boss
        rework: { to: [look] }
        next:
          - { when: score < 20, to: gather, limit: 1 }
          - { when: score < 40, to: draft, limit: 2 }
          - { when: urgent && budget > 5, to: end }
          - { to: deliver }
  extra:
    title: { zh: 附加, en: Extra }
    entry: { cheap: budget > 20 || !known(budget) }
    steps:
      polish: { title: { zh: 润色, en: Polish }, advance: auto, entry: { plain: budget != 5 || !known(budget) } }
  deliver:
    title: { zh: 交付, en: Deliver }
    order: parallel
    entry: { good: score > 45 }
    steps:
      pack: { title: { zh: 打包, en: Pack }, milestone: done, rework: { to: [polish], limit: 1 } }
      insure: { title: { zh: 投保, en: Insure }, optional: true, repeatable: true }
`;

export const side = compiled(SIDE);

/** A case that stands in `check`, with a score. */
export function atCheck(score: number, fields: Record<string, unknown> = { urgent: false }) {
  const it = run(side, { ...fields, score });
  it.do('enter', { step: 'ask' });
  it.do('complete', { activity: 'call', choices: ['mail'] });
  it.do('advance', { step: 'ask' });
  it.do('enter', { step: 'read' });
  it.do('complete', { activity: 'skim' });
  it.do('advance', { step: 'read' });
  it.do('skip', { step: 'draft', reason: 'not this time' });
  return it;
}
