import type { Plan } from '../service/types.ts';
import { UsageError } from './exit.ts';
import { isPlan } from './plan-guards.ts';
import { readText } from './process-files.ts';

/** A plan as `phasegate plan --out` wrote it. Throws `UsageError` for a file that holds none. */
export function readPlanFile(path: string): Plan {
  let value: unknown = null;
  try {
    value = JSON.parse(readText(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
  }
  if (isPlan(value)) return value;
  throw new UsageError({
    zh: `${path} 不是计划：请用 phasegate plan FILE --out ${path} 写出一份`,
    en: `${path} holds no plan: write one with phasegate plan FILE --out ${path}`,
  });
}
