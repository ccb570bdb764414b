import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { DefinitionRow } from '../store/types.ts';
import type { Plan } from './plan-types.ts';

/** Instances named in one refusal. */
const MOST_NAMED = 20;

/** The plan is of something else than it is handed in for. */
export function noPlan(given: Pick<Plan, 'process' | 'tenant'>, process: string, { tenant }: Actor): ProcessError {
  const message = {
    zh: `计划应属于流程 ${process}、租户 ${tenant}；它属于流程 ${given.process}、租户 ${given.tenant}`,
    en: `the plan should be of the process ${process} and the tenant ${tenant}; it is of ${given.process} and ${given.tenant}`,
  };
  return new ProcessError('invalid-input', message, { errors: [{ pointer: '/plan', message }] });
}

/** Versions have been published, or not yet. */
export function planStale({ base, to }: Pick<Plan, 'base' | 'to'>, newest: DefinitionRow): ProcessError {
  const isBase = newest.digest === base.digest;
  return new ProcessError(
    'plan-stale',
    isBase
      ? {
          zh: `计划中的版本（${to.digest.slice(0, 12)}）还不是生效的最新版（现为第 ${newest.version} 版）：请先发布它或等它生效，再执行计划`,
          en: `the version of the plan (${to.digest.slice(0, 12)}) is not yet the newest in effect (that is version ${newest.version}): publish it, or wait for it, then apply the plan`,
        }
      : {
          zh: `制定计划时最新版为第 ${base.version} 版，计划之外又发布了版本，现为第 ${newest.version} 版：请重新制定计划`,
          en: `version ${base.version} was the newest when the plan was made, others than that of the plan were published since, and it is ${newest.version} now: make the plan again`,
        },
    { newest: newest.version },
  );
}

/** Instances have changed since the plan was made, were started, or are `gone`. */
export function planMoved(moved: readonly string[], gone: number): ProcessError {
  const names = moved.slice(0, MOST_NAMED);
  const more = moved.length > names.length ? '…' : '';
  const zh: string[] = [];
  const en: string[] = [];
  if (moved.length > 0) {
    zh.push(`${moved.length} 个实例有变化或是新的：${names.join('、')}${more}`);
    en.push(`${moved.length} have changed or are new: ${names.join(', ')}${more}`);
  }
  if (gone > 0) {
    zh.push(`${gone} 个已结束或已转走`);
    en.push(`${gone} ${gone === 1 ? 'was' : 'were'} closed or went over`);
  }
  return new ProcessError(
    'plan-stale',
    {
      zh: `制定计划之后情况有变（${zh.join('；')}）。请重新制定计划；若只执行没有变化的，请用 moved: "leave"（phasegate apply --leave-moved）`,
      en: `things are no longer as when the plan was made (${en.join('; ')}). Make it again, or apply it to what has not changed with moved: "leave" (phasegate apply --leave-moved)`,
    },
    { instances: names },
  );
}

/** Of one instance: it, or what it rests on, has changed. */
export function notPlanned(): ProcessError {
  return new ProcessError('plan-stale', {
    zh: '制定计划后有变化，或是之后才启动的：现在会转到别处',
    en: 'it has changed since the plan was made, or was started since: something else than planned would become of it',
  });
}
