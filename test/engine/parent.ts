import { decide, start } from '../../src/engine/index.ts';
import type { Actor, ChildRecord, Command, Instance } from '../../src/engine/types.ts';
import { ADMIN, accepted, actor, command, compiled, NOW } from './process.ts';

/** Every word about starting other processes: waiting for all, any and none, conditions, cancelled and kept children. */
export const PARENT = `
process: parent
title: { zh: 父流程, en: Parent }
subject: case
roles:
  clerk: { title: { zh: 职员, en: Clerk } }
  boss: { title: { zh: 主管, en: Boss } }
fields:
  amount: { type: money, currency: CNY }
  wanted: { type: boolean }
  secret: { type: text, personal: true }
outcomes:
  done: { title: { zh: 完成, en: Done } }
  dropped: { title: { zh: 放弃, en: Dropped }, from: any }
reopen: { within: 30 days, by: boss }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      plan:
        title: { zh: 计划, en: Plan }
        activities:
          think: { title: { zh: 思考, en: Think }, optional: true, may_supply: [amount, wanted, secret] }
      both:
        title: { zh: 两项, en: Both }
        owner: clerk
        override: { by: boss }
        rework: { to: [plan] }
        starts:
          first: { process: child, with: { sum: amount, name: secret }, on_leave: cancel }
          second: { process: child, when: wanted }
      race:
        title: { zh: 竞赛, en: Race }
        repeatable: { max: 3 }
        owner: clerk
        rework: { to: [both] }
        wait: any
        starts:
          fast: { process: child, on_leave: cancel }
          slow: { process: child, on_leave: cancel }
      last:
        title: { zh: 最后, en: Last }
        wait: none
        starts: { care: { process: child, with: { sum: amount } } }
        milestone: done
`;

/** What {@link PARENT} starts. */
export const CHILD = `
process: child
title: { zh: 子流程, en: Child }
subject: case
key: number
roles:
  helper: { title: { zh: 助手, en: Helper } }
access: { start: [helper] }
reopen: { within: 30 days, by: helper }
fields:
  number: { type: text }
  sum: { type: money, currency: CNY, max: 1000 }
  name: { type: text, personal: true }
outcomes:
  fine: { title: { zh: 好, en: Fine } }
  poor: { title: { zh: 差, en: Poor }, from: any }
phases:
  only:
    title: { zh: 唯一, en: Only }
    steps:
      help:
        title: { zh: 帮助, en: Help }
        activities:
          do: { title: { zh: 做, en: Do }, optional: true, may_supply: [sum, name] }
        milestone: fine
`;

export const BOSS = actor('bo', 'boss');
export const ENGINE = actor('phasegate', 'admin');

/** What the service alone sends. */
export function internal(type: string, input: Record<string, unknown> = {}): Command {
  return { ...command(type, input, ENGINE), internal: true };
}

/** An instance of {@link PARENT}, whose ids go on counting as it does. */
export function parentRun(fields: Record<string, unknown> = {}, more: Partial<Command> = {}, yaml = PARENT) {
  const process = compiled(yaml);
  let count = 0;
  const environment = { now: NOW, ids: () => `id-${++count}` };
  const begin = { ...command('start', { fields }), ...more };
  let instance: Instance = accepted(start(process, 1, begin, environment)).instance;
  const decided = (order: Command) => decide(process, instance, order, environment);
  return {
    process,
    get instance() {
      return instance;
    },
    decide: decided,
    do(type: string, input: Record<string, unknown> = {}, who: Actor = ADMIN) {
      const decision = accepted(decided(command(type, input, who)));
      instance = decision.instance;
      return decision;
    },
    tell(type: string, name: string, input: Record<string, unknown> = {}) {
      const decision = accepted(decided(internal(type, { child: this.id(name), ...input })));
      instance = decision.instance;
      return decision;
    },
    refuse(type: string, input: Record<string, unknown> = {}, who: Actor = ADMIN) {
      const refusal = decided(command(type, input, who));
      if (refusal.ok) throw new Error(`${type} was accepted`);
      return refusal;
    },
    /** The newest child of a name. */
    id: (name: string) => newest(instance, name)[0],
    child: (name: string) => newest(instance, name)[1],
    /** Every child, as `name round status need`. */
    get children() {
      return Object.values(instance.children).map(
        ({ name, round, status, need }) => `${name} ${round} ${status} ${need}`,
      );
    },
  };
}

function newest(instance: Instance, name: string): readonly [string, ChildRecord] {
  const found = Object.entries(instance.children).findLast(([, record]) => record.name === name);
  if (found === undefined) throw new Error(`there is no child ${name}`);
  return found;
}
