import { readFileSync } from 'node:fs';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8'));

/** JSON Schema 2020-12 of a process file: the very file that editors use. */
export const processSchema = read('process.schema.json');
