/** Colours on a terminal only, unless `NO_COLOR` or `FORCE_COLOR` say otherwise (no-color.org). */
export function isColorSupported(env: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  if ((env.NO_COLOR ?? '') !== '') return false;
  if ((env.FORCE_COLOR ?? '') !== '') return true;
  return terminal && env.TERM !== 'dumb';
}
