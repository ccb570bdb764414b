import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8'));

/** JSON Schema 2020-12 of a process file: the very file that editors use. */
export const processSchema = read('process.schema.json');

/** JSON Schema 2020-12 of a calendar file. */
export const calendarSchema = read('calendar.schema.json');

/** JSON Schema 2020-12 of a file of scenarios. */
export const scenarioSchema = read('scenario.schema.json');

/** How data is held against a schema: every error is wanted, with the part of the schema that it comes of. */
export const schemaRules = {
  allErrors: true,
  verbose: true,
  strict: true,
  // `required` in `oneOf` branches and unions of shapes are on purpose.
  strictRequired: false,
  allowUnionTypes: true,
} as const;

/** The OpenAPI 3.1 description of the HTTP API, parsed from `schemas/openapi.yaml` at each call. */
export function openApiDocument(): Record<string, unknown> {
  return parse(readFileSync(new URL('../schemas/openapi.yaml', import.meta.url), 'utf8'));
}
