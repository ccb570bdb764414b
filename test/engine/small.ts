import { CLERK, compiled, run, SMALL } from './process.ts';

export const small = compiled(SMALL);

/** The form of its first step, filled in. */
export const FORM = { activity: 'form', with: { staff: 60, price: 80000 } };

/** A case that stands in `make`, its first two steps behind it. */
export function atMake() {
  const it = run(small, { ready: true, limit: 100000 });
  it.do('complete', FORM, CLERK);
  it.do('complete', { activity: 'pick', choices: ['a', 'c'] }, CLERK);
  it.do('complete', { activity: 'copy' }, CLERK);
  it.do('advance', { step: 'intake' }, CLERK);
  return it;
}
