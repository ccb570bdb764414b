import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actorName, explain, roleName, waitsAlike, waitsOf, workOf } from '../../src/engine/index.ts';
import type { Action, Actor, Instance } from '../../src/engine/types.ts';
import { GUARDED } from './guarded.ts';
import { PARENT } from './parent.ts';
import { ADMIN, actor, BOSS, CLERK, compiled, DEPUTY, SMALL } from './process.ts';
import { EVIDENCE, RESTING } from './resting.ts';
import { SIDE } from './side.ts';
import { TIMED } from './timed.ts';
import { walk } from './walk.ts';

const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

describe.each([
  ['small', SMALL, 1_000],
  ['side by side', SIDE, 1_000],
  ['guarded', GUARDED, 400],
  ['starting others', PARENT, 400],
  ['resting', RESTING, 400],
  ['sales', sales, 300],
  ['timed', TIMED, 500],
])('work on %s', (_name, yaml, states) => {
  const process = compiled(yaml);
  const roles = process.definition.roles.map(({ id }) => id);
  const holders = roles.map((role) => actor(`holds-${role}`, role));
  const people = [ADMIN, DEPUTY, CLERK, BOSS, actor('nobody'), actor('all', ...roles), ...holders];

  it(`is what explain allows, and waits for whoever may do it, in ${states} random states`, () => {
    let last: Instance | null = null;
    let found = 0;
    walk(
      process,
      states,
      20260214,
      (instance, r, now) => {
        const waits = waitsOf(process, instance);
        const open = [...instance.position, ...instance.waiting].map(({ step }) => step);
        // Nothing that is under way is in nobody's list, nothing else in anybody's.
        const steps = instance.status === 'active' ? new Set(open) : new Set();
        expect(new Set(waits.map(({ step }) => step))).toEqual(steps);
        expect(new Set(waits.map(({ step, who }) => `${step} ${who}`)).size).toBe(waits.length);
        if (last !== null && waitsAlike(process, last, instance)) expect(waits).toEqual(waitsOf(process, last));
        last = instance;

        const by = r.pick(people);
        const context = { process, instance, actor: by, at: now, now, evidence: EVIDENCE };
        const allowed = explain(context).filter((action) => action.allowed);
        for (const step of open) {
          const may = (type: string) => allowed.filter((action) => action.type === type && stepOf(action) === step);
          const work = workOf(context, step);
          found += work === null ? 0 : 1;
          const can = {
            approvals: may('approve').map(({ approval }) => approval),
            advance: may('advance').length > 0,
            enter: may('enter').length > 0,
          };
          const { approvals = [], advance = false, enter = false, activities = [] } = work ?? {};
          if (isSeen(by)) expect({ approvals, advance, enter }).toEqual(can);
          const toDo = may('complete').flatMap(({ activity = '' }) => (isOpen(instance, activity) ? [activity] : []));
          expect(activities).toEqual(expect.arrayContaining(toDo));
          if (work !== null) expect(waits.some(({ step: at, who }) => at === step && is(who, by))).toBe(true);
        }
      },
      yaml === TIMED,
    );
    expect(found).toBeGreaterThan(states / 10);
  });

  const stepOf = ({ step, activity, approval }: Action) =>
    step ?? process.activities.get(activity ?? '')?.step.id ?? process.approvals.get(approval ?? '')?.step.id;
  const isOpen = ({ activities }: Instance, id: string) => (activities[id]?.status ?? 'open') === 'open';
  /** An administrator may all that anybody may. */
  const is = (who: string, by: Actor) =>
    who === actorName(by.id) || by.roles.some((role) => who === roleName(role) || role === 'admin');
  /** Who sees nothing of an instance is shown nothing of its work; the service leaves it out before it asks. */
  const isSeen = ({ roles: held }: Actor) => held.length > 0;
});
