import type { Check } from './check.ts';
import type { Path } from './outline.ts';

/** Reports what is wrong with a condition, each error at its own column; true when it is right. */
export function checkCondition(check: Check, text: string, path: Path): boolean {
  if (check.isFull()) return false;
  const compiled = check.condition(text);
  if (compiled.ok) return true;
  if (!check.sound(path)) return false;
  const { fields } = check.definition;
  // Where a declaration is amiss, what follows from it is not worth saying twice.
  const doubtful = fields.filter(({ id }) => !check.sound(['fields', id])).map(({ id }) => id);
  const words = new Set(text.match(/\w+/g));
  const misdeclared = doubtful.some((id) => words.has(id));
  const nobodyDeclared = fields.length === 0 && !check.sound(['fields']);
  for (const { code, offset, length, message, remedy, fix } of compiled.errors) {
    if (misdeclared && (code === 'condition-type' || code === 'condition-unknown-value')) continue;
    if (nobodyDeclared && code === 'condition-unknown-field') continue;
    check.within(code, path, offset, length, { message, remedy, part: fix });
  }
  return false;
}
