import { compileProcess } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { readProcess } from '../../src/definition/index.ts';
import { decide, start } from '../../src/engine/index.ts';
import type { Actor, Command, Decision, Environment, Instance, Refusal } from '../../src/engine/types.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { EVIDENCE } from './resting.ts';

/** Compiles a file that must be free of errors, with the shipped calendars. */
export function compiled(yaml: string): CompiledProcess {
  const { definition, problems } = readProcess(yaml, 'test.yaml');
  if (definition === null) throw new Error(problems.map((p) => `${p.line}:${p.column} ${p.message.en}`).join('\n'));
  return compileProcess(definition, shippedCalendars);
}

/** Every word that the engine acts on, in as few lines as possible. */
export const SMALL = `
process: small
title: { zh: 小流程, en: Small }
subject: case
key: number
roles:
  clerk: { title: { zh: 职员, en: Clerk } }
  boss: { title: { zh: 主管, en: Boss } }
fields:
  number: { type: text }
  staff: { type: integer, min: 0, max: 100 }
  price: { type: money, currency: CNY, min: 0 }
  limit: { type: money, currency: CNY }
  grade: { type: choice, of: [low, high] }
  secret: { type: text, personal: true }
  due: { type: date }
  seen_at: { type: datetime }
  tags: { type: list, of: text, max: 3 }
  ready: { type: boolean }
tables:
  grading:
    sets: grade
    rules:
      - { when: staff >= 50, then: high }
      - { then: low }
outcomes:
  done: { title: { zh: 完成, en: Done } }
  dropped: { title: { zh: 放弃, en: Dropped }, from: any, reasons: [cost, time] }
  early: { title: { zh: 提前结束, en: Early }, from: [intake] }
reopen: { within: 30 days, by: boss }
override: { by: boss }
phases:
  begin:
    title: { zh: 开始, en: Begin }
    order: parallel
    steps:
      intake:
        title: { zh: 受理, en: Intake }
        owner: clerk
        activities:
          form: { title: { zh: 表单, en: Form }, supplies: [staff, price], may_supply: [secret, due, seen_at, tags, number, limit, ready] }
          pick: { title: { zh: 选择, en: Pick }, at_least: { n: 2, of: [a, b, c] } }
        exit:
          graded: { when: known(grade), say: { zh: 尚未评级, en: Not graded yet } }
      papers:
        title: { zh: 资料, en: Papers }
        advance: auto
        activities:
          collect: { title: { zh: 收集, en: Collect }, optional: true }
          copy: { title: { zh: 复印, en: Copy }, repeatable: true }
    exit:
      ready-said: ready
  work:
    title: { zh: 办理, en: Work }
    entry:
      cheap: { any: [price <= limit, grade == "high"], say: { zh: 超出限额, en: Over the limit } }
    steps:
      make:
        title: { zh: 制作, en: Make }
        owner: boss
        rework: { to: [intake], limit: 1, resets: [seen_at] }
        activities:
          build: { title: { zh: 建造, en: Build }, by: [clerk, boss], repeatable: true, any: [fast, slow] }
          budget: { title: { zh: 预算, en: Budget }, optional: true, may_supply: [limit, ready] }
        approvals:
          sign-off:
            title: { zh: 签批, en: Sign-off }
            when: known(due)
            of: staff
            bands:
              - { up_to: 50, by: [boss, clerk] }
              - { by: [boss, clerk, { actor: eve }], mode: { at_least: 2 }, order: sequence }
            exclude: [requester]
        milestone: done
      check:
        title: { zh: 检查, en: Check }
        rework: { to: [make] }
        skip: { approval: no-check, by: [boss] }
        activities:
          look: { title: { zh: 查看, en: Look }, skip: { approval: no-look } }
        approvals:
          no-look: { title: { zh: 免查看, en: No look }, when: "price > 500", by: boss, exclude: [requester] }
          no-check: { title: { zh: 免检查, en: No check }, by: [boss, { actor: eve }] }
        exit:
          two-of: { at_least: 2, of: [staff > 1, ready, { not: grade == "low" }] }
`;

export const NOW = '2026-02-13T09:30:00.000Z';
/** An actor of the main tenant, of no team, acting itself. */
export function actor(id: string, ...roles: readonly string[]): Actor {
  return { id, roles, team: null, tenant: 'main', via: null };
}

export const CLERK = actor('carla', 'clerk');
export const BOSS = actor('bo', 'boss');
export const ADMIN = actor('ada', 'admin');
/** A second one: nobody approves what they asked for. */
export const DEPUTY = actor('eve', 'admin');

/** Ids in order: what they are must not matter, only that the same ids give the same bytes. */
export function environment(now = NOW): Environment {
  let count = 0;
  return { now, ids: () => `id-${++count}`, evidence: EVIDENCE };
}

export function command(
  type: string,
  input: Record<string, unknown> = {},
  actor: Actor = ADMIN,
  at?: unknown,
): Command {
  return { type, input, actor, requestId: 'req-1', ...(at === undefined ? {} : { at }) };
}

/** One case after the other on one process; `do` insists on acceptance, `refuse` on refusal. */
export function run(process: CompiledProcess, fields: Record<string, unknown> = {}, begun: Instance | null = null) {
  let instance: Instance = begun ?? accepted(start(process, 1, command('start', { fields }), environment())).instance;
  return {
    get instance() {
      return instance;
    },
    do(type: string, input: Record<string, unknown> = {}, actor: Actor = ADMIN, at?: unknown, now = NOW): Decision {
      const decision = accepted(decide(process, instance, command(type, input, actor, at), environment(now)));
      instance = decision.instance;
      return decision;
    },
    refuse(type: string, input: Record<string, unknown> = {}, actor: Actor = ADMIN, at?: unknown, now = NOW): Refusal {
      const refusal = decide(process, instance, command(type, input, actor, at), environment(now));
      if (refusal.ok) throw new Error(`${type} was accepted`);
      return refusal;
    },
  };
}

export function accepted(answer: Decision | Refusal): Decision {
  if (!answer.ok) throw new Error(`refused: ${answer.code}: ${answer.detail.en} ${JSON.stringify(answer.problems)}`);
  return answer;
}

/** Ids of the criteria that do not hold. */
export function failing(refusal: Refusal): readonly (string | undefined)[] {
  return (refusal.reasons?.of ?? []).filter((reason) => reason.verdict !== 'met').map((reason) => reason.id);
}
