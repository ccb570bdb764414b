import { readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';
import { parse } from 'yaml';

// Run by `npm run check` and `npm run build`: the console knows the API by nothing but its published description, so what
// it is typed by is made of that.

const root = new URL('..', import.meta.url);
const { components } = parse(readFileSync(new URL('schemas/openapi.yaml', root), 'utf8'));
const schemas = JSON.stringify(components.schemas).replaceAll('#/components/schemas/', '#/$defs/');
const text = await compile({ $defs: JSON.parse(schemas), type: 'object' }, 'Api', {
  additionalProperties: false,
  bannerComment: '// Made of schemas/openapi.yaml by `npm run types`.',
  format: false,
  unreachableDefinitions: true,
});
writeFileSync(new URL('src/console/api.d.ts', root), text);
