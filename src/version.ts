import { readFileSync } from 'node:fs';

/** Of the package, as it was published. */
export const version: string = packageVersion();

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
