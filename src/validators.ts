import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { calendarSchema, processSchema, scenarioSchema, schemaRules } from './schemas.ts';

// `npm run build` puts the same functions in the place of this module, made ready ahead (`build-validators.ts`): compiling
// a schema takes longer than all else that reading a file does.

function compiledOnce(schema: object): () => ValidateFunction {
  let made: ValidateFunction | null = null;
  return () => {
    made ??= new Ajv2020(schemaRules).compile(schema);
    return made;
  };
}

/** What holds a process file against its schema. */
export const processValidator = compiledOnce(processSchema);

/** What holds a calendar file against its schema. */
export const calendarValidator = compiledOnce(calendarSchema);

/** What holds a file of scenarios against its schema. */
export const scenarioValidator = compiledOnce(scenarioSchema);
