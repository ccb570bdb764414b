import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep, type PlacedStep } from './each-step.ts';
import { pointerOf } from './outline.ts';

/** The course of the process: milestones, ways to an outcome, and rework. */
export function checkCourse(check: Check): void {
  const { outcomes, phases } = check.definition;
  const placed = eachStep(check.definition);
  const outcomeIds = outcomes.map(({ id }) => id);
  const reached = new Set<string>();
  let misspelt = !check.complete('milestones');
  for (const { step, path } of placed) {
    if (step.milestone === null) continue;
    reached.add(step.milestone);
    if (!checkName(check, 'unknown-outcome', step.milestone, outcomeIds, [...path, 'milestone'])) misspelt = true;
  }
  const places = [...phases.map(({ id }) => id), ...placed.map(({ step }) => step.id)];
  for (const { id, from } of outcomes) {
    if (from === 'any' || !check.sound(['outcomes', id])) continue;
    for (const [n, place] of from.entries())
      checkName(check, 'unknown-step', place, places, ['outcomes', id, 'from', n]);
    if (from.length > 0 || reached.has(id) || misspelt) continue;
    check.atKey('outcome-unreachable', ['outcomes', id], {
      message: {
        zh: `没有环节以 ${id} 为里程碑，它也没有 from`,
        en: `No step has the milestone ${id}, and it has no \`from\``,
      },
      remedy: {
        zh: `请在某个环节写 milestone: ${id}，或给它 from: any`,
        en: `Write milestone: ${id} at a step, or give the outcome from: any`,
      },
    });
  }
  checkEnd(check, placed, reached);
  checkRework(check, placed);
}

function checkEnd(check: Check, placed: readonly PlacedStep[], reached: ReadonlySet<string>): void {
  const last = placed.at(-1);
  if (reached.size > 0 || last === undefined || !check.complete('milestones')) return;
  check.atKey('no-outcome', last.path, {
    message: {
      zh: `流程走完 ${last.step.id} 后没有结果：没有任何环节写了 milestone`,
      en: `The process ends after ${last.step.id} without an outcome: no step has a milestone`,
    },
    remedy: { zh: '请在确定结果的环节写 milestone: 结果', en: 'Write milestone: outcome at the step that fixes it' },
  });
}

function checkRework(check: Check, placed: readonly PlacedStep[]): void {
  const slots = new Map(placed.map(({ step, slot }) => [step.id, slot]));
  for (const { step, slot, path, phase } of placed) {
    const to = [...path, 'rework', 'to'];
    for (const [n, target] of (step.rework?.to ?? []).entries()) {
      const at = check.outline.marks.has(pointerOf([...to, n])) ? [...to, n] : to;
      if (!checkName(check, 'unknown-step', target, [...slots.keys()], at)) continue;
      if ((slots.get(target) ?? 0) < slot) continue;
      const parallel = phase.order === 'parallel' && phase.steps.some(({ id }) => id === target);
      check.atValue('rework-target', at, {
        message:
          target === step.id
            ? { zh: '环节不能退回到自己', en: 'A step cannot go back to itself' }
            : parallel
              ? { zh: `${target} 与本环节同时进行`, en: `${target} runs at the same time as this step` }
              : { zh: `${target} 在本环节之后`, en: `${target} comes after this step` },
        remedy: { zh: '退回只能写更早的环节', en: 'Name a step that comes earlier' },
      });
    }
  }
}
