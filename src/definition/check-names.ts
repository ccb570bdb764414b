import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { Check } from './check.ts';
import { writeInstead } from './fix.ts';
import type { Path } from './outline.ts';
import type { ProblemCode } from './problem-codes.ts';

const kinds = {
  'unknown-role': { section: 'roles', zh: '角色', en: 'role' },
  'unknown-field': { section: 'fields', zh: '字段', en: 'field' },
  'unknown-outcome': { section: 'outcomes', zh: '结果', en: 'outcome' },
  'unknown-reason': { section: 'reasons', zh: '原因', en: 'reason' },
  'unknown-approval': { section: 'approvals', zh: '环节审批', en: 'approval of the step' },
  'unknown-activity': { section: 'phases', zh: '细则', en: 'activity' },
  'unknown-step': { section: 'phases', zh: '阶段或环节', en: 'phase or step' },
} as const satisfies Partial<Record<ProblemCode, Text & { section: string }>>;

/** Reports a name that nobody has declared; true when it is declared. Where the whole section is amiss, says nothing. */
export function checkName(
  check: Check,
  code: keyof typeof kinds,
  name: string,
  known: readonly string[],
  path: Path,
): boolean {
  if (known.includes(name)) return true;
  const { section, zh, en } = kinds[code];
  if (
    code === 'unknown-step' || code === 'unknown-activity'
      ? !check.complete('places')
      : known.length === 0 && !check.sound([section])
  )
    return false;
  if (check.isFull()) return false;
  const near = suggest(name, known);
  check.atValue(code, path, {
    message: { zh: `没有名为 ${name} 的${zh}`, en: `There is no ${en} "${name}"` },
    remedy:
      near === null
        ? {
            zh: `请在 ${section} 中声明，或写已有的：${listed(known)}`,
            en: `Declare it under ${section}, or write one that exists: ${listed(known)}`,
          }
        : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
    fix: isSure(check, near, path) ? writeInstead(near) : null,
  });
  return false;
}

/** Not where the list has the near one already, or it is misspelt itself. */
function isSure(check: Check, near: string | null, path: Path): boolean {
  const list = path.slice(0, -1).reduce<unknown>((part, key) => Object(part)[key], check.outline.value);
  return near !== null && /^[a-z][\w-]*$/.test(near) && !(Array.isArray(list) && list.includes(near));
}

const listed = (names: readonly string[]): string => names.slice(0, 10).join(', ') || '–';
