import type { Check } from './check.ts';
import { tooMany } from './check-activities.ts';
import { checkName } from './check-names.ts';
import { courseOf, END, placeOf, START } from './course-graph.ts';
import { eachStep, type PlacedStep } from './each-step.ts';
import { pointerOf } from './outline.ts';

/** How phases are left and where steps lead: joins, routes, and steps that nothing leads to or that lead nowhere. */
export function checkRoutes(check: Check): void {
  checkJoins(check);
  const placed = eachStep(check.definition);
  for (const each of placed) checkNext(check, each, placed);
  checkReach(check, placed);
}

function checkJoins(check: Check): void {
  for (const { id, order, join, steps } of check.definition.phases) {
    const path = ['phases', id, 'join'];
    if (order === 'sequence' && check.outline.marks.has(pointerOf(path))) {
      check.atKey('word-unfit', path, {
        message: {
          zh: '环节依次进行的阶段没有 join',
          en: 'The steps of this phase come one after the other: there is nothing to join',
        },
        remedy: {
          zh: '请写 order: parallel 或 order: any，或删除 join',
          en: 'Write order: parallel or order: any, or delete it',
        },
      });
    }
    if (order === 'sequence' || !check.sound(['phases', id])) continue;
    if (join !== 'all' && join.atLeast > steps.length)
      tooMany(check, [...path, 'at_least'], join.atLeast, steps.length);
    if (join !== 'all' || steps.some(({ optional }) => !optional)) continue;
    check.atKey('join-empty', ['phases', id], {
      message: {
        zh: `${id} 的环节都可跳过，阶段没有要等待的环节`,
        en: `Every step of ${id} is optional: the phase waits for none`,
      },
      remedy: {
        zh: '请让至少一个环节不带 optional，或写 join: any',
        en: 'Take optional away from one of its steps, or write join: any',
      },
    });
  }
}

function checkNext(check: Check, { phase, step, path }: PlacedStep, placed: readonly PlacedStep[]): void {
  const own = [...path, 'next'];
  if (step.next.length > 0 && phase.order !== 'sequence') {
    check.atKey('word-unfit', own, {
      message: {
        zh: `${phase.id} 的环节并非依次进行，离开后去哪里由阶段决定`,
        en: `The steps of ${phase.id} run side by side: where the work goes on is for the phase to say`,
      },
      remedy: { zh: '请删除 next', en: 'Delete next' },
    });
    return;
  }
  const places = [...check.definition.phases.map(({ id }) => id), ...placed.map((each) => each.step.id), END];
  for (const [n, { when, to }] of step.next.entries()) {
    const at = [...own, n];
    if (!check.sound(at)) continue;
    if (when === null && n < step.next.length - 1) {
      check.atKey(
        'rule-never-read',
        [...own, n + 1, check.outline.marks.has(pointerOf([...own, n + 1, 'when'])) ? 'when' : 'to'],
        {
          message: {
            zh: '前一条去向没有 when，总是走它，不会看到这一条',
            en: 'The route above has no `when`: it is always taken, and this one never',
          },
          remedy: { zh: '请给前一条写上 when，或删除这一条', en: 'Give the one above a `when`, or delete this one' },
        },
      );
      return;
    }
    if (!checkName(check, 'unknown-step', to, places, [...at, 'to'])) continue;
    const home = placed.find((each) => each.step.id === to)?.phase;
    if (home === undefined || home.order === 'sequence') continue;
    check.atValue('route-target', [...at, 'to'], {
      message: {
        zh: `${to} 属于 ${home.id}，那里的环节并非依次进行`,
        en: `${to} belongs to ${home.id}, whose steps run side by side`,
      },
      remedy: { zh: `请写 to: ${home.id}（进入整个阶段）`, en: `Write to: ${home.id}, and enter the whole phase` },
    });
  }
}

/** Every step is on some way from the start, and from every step some way leads to the end. */
function checkReach(check: Check, placed: readonly PlacedStep[]): void {
  const known = new Set([END, ...check.definition.phases.map(({ id }) => id), ...placed.map(({ step }) => step.id)]);
  const named = placed.every(({ step }) => step.next.every(({ to }) => known.has(to)));
  // Where a name is misspelt or a phase is amiss, what leads where is anybody's guess.
  if (!named || !check.complete('places') || !placed.every(({ path }) => check.sound([...path, 'next']))) return;
  const course = courseOf(check.definition);
  const isReached = course.reachable([START], () => false);
  const isEnding = course.reachable([END], ({ rework }) => rework, true);
  for (const { phase, step, path } of placed) {
    const place = placeOf(phase, step.id);
    if (!isReached(place)) {
      check.atKey('step-unreachable', path, {
        message: { zh: `没有路通向环节 ${step.id}`, en: `Nothing leads to the step ${step.id}` },
        remedy: {
          zh: `请在某个环节的 next 中写 to: ${step.id}，或删除它`,
          en: `Write to: ${step.id} in the next of a step, or delete it`,
        },
      });
    } else if (!isEnding(place)) {
      check.atKey('dead-end', path, {
        message: {
          zh: `从环节 ${step.id} 出发无法到达流程的终点`,
          en: `From the step ${step.id} no way leads to the end`,
        },
        remedy: { zh: '请在其 next 中加上一条通向终点的去向', en: 'Add a route to its next that leads on' },
      });
    }
  }
}
