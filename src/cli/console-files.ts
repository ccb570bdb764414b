import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { ConsoleFiles } from '../api/index.ts';

/** As `npm run build` made it. */
const folder = new URL('../../dist/console/', import.meta.url);

/** The files of the web console; none where it was not built. */
export function readConsole(): ConsoleFiles {
  const files = new Map<string, Buffer>();
  try {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = new URL(name, folder);
      if (statSync(file).isFile()) files.set(`/${name}`, readFileSync(file));
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return files;
}
