import type { CompiledStep } from '../compile/types.ts';
import type { Context } from './context.ts';
import { state, whereNow } from './state-criteria.ts';
import type { Reason } from './types.ts';

// What must hold of the state of a step, beside its being open, before any gate is asked.

export function stepWaiting({ instance }: Context, { step, phase }: CompiledStep): Reason {
  const waiting = instance.waiting.some((place) => place.step === step.id);
  const ids = instance.waiting.map((place) => place.step).join(', ');
  return state('step-waiting', waiting, {
    zh: `环节“${step.title.zh}”（${step.id}，阶段 ${phase.id}）应为等待进入；等待进入的环节：${ids || '无'}`,
    en: `the step “${step.title.en}” (${step.id}, in ${phase.id}) should be waiting; what waits is ${ids || 'nothing'}`,
  });
}

/** May be skipped: open, or not begun. */
export function stepSkippable({ instance }: Context, { step }: CompiledStep): Reason {
  const here = [...instance.position, ...instance.waiting].some((place) => place.step === step.id);
  return state('step-open', here, {
    zh: `环节“${step.title.zh}”（${step.id}）应为当前或等待进入的环节；${whereNow(instance).zh}`,
    en: `the step “${step.title.en}” (${step.id}) should be open or waiting; ${whereNow(instance).en}`,
  });
}

export function stepOptional({ step }: CompiledStep): Reason {
  return state('step-optional', step.optional || step.skip !== null, {
    zh: `只有标记 optional 或 skip 的环节可以跳过；“${step.title.zh}”是必做的`,
    en: `only a step marked optional or skip may be skipped; “${step.title.en}” is required`,
  });
}

export function stepRepeatable({ step }: CompiledStep): Reason {
  return state('step-repeatable', step.repeatable !== null, {
    zh: `只有标记 repeatable 的环节可以再做一轮；“${step.title.zh}”没有`,
    en: `only a step marked repeatable has another round; “${step.title.en}” is not`,
  });
}

export function repeatWithinLimit({ instance }: Context, { step }: CompiledStep): Reason {
  const round = instance.steps[step.id]?.round ?? 0;
  const max = step.repeatable?.max ?? 1;
  return state('repeat-limit', round < max, {
    zh: `环节“${step.title.zh}”最多 ${max} 轮；现为第 ${round} 轮`,
    en: `the step “${step.title.en}” has at most ${max} rounds; this is round ${round}`,
  });
}

export function routeWithinLimit({ instance, process }: Context, step: string, to: string, limit: number): Reason {
  const used = instance.steps[step]?.routes[to] ?? 0;
  const title = process.steps.get(step)?.step.title;
  return state('route-limit', used < limit, {
    zh: `从“${title?.zh}”到 ${to} 最多走 ${limit} 次；已走 ${used} 次`,
    en: `the way from “${title?.en}” to ${to} may be taken ${limit} times; it has been ${used} times`,
  });
}
