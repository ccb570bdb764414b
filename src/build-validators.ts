import { writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { calendarSchema, processSchema, scenarioSchema, schemaRules } from './schemas.ts';

// The last step of `npm run build`: writes the validators of the schemas as code, in the place of the built `validators.ts`,
// whose exports it has.

const ajv = new Ajv2020({ ...schemaRules, code: { source: true, esm: true } });
const schemas = { validateProcess: processSchema, validateCalendar: calendarSchema, validateScenarios: scenarioSchema };
const ids = Object.entries(schemas).map(([name, schema]) => [name, String(schema.$id)] as const);
// Without what only editors show: the code holds the schema itself, and that is half of it.
const isShown = (key: string, value: unknown) => typeof value === 'string' && ['title', 'description'].includes(key);
const bare = (schema: object): object =>
  JSON.parse(JSON.stringify(schema, (key, value: unknown) => (isShown(key, value) ? undefined : value)));
for (const schema of Object.values(schemas)) ajv.addSchema(bare(schema));

const code = [
  // What ajv writes as a module still asks for the parts of its own by `require`.
  "import { createRequire } from 'node:module';",
  'const require = createRequire(import.meta.url);',
  standaloneCode.default(ajv, Object.fromEntries(ids)),
  'export const processValidator = () => validateProcess;',
  'export const calendarValidator = () => validateCalendar;',
  'export const scenarioValidator = () => validateScenarios;',
];
writeFileSync(new URL('validators.js', import.meta.url), code.join('\n'));
