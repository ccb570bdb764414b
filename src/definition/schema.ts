import type { ErrorObject } from 'ajv/dist/2020.js';
import type { FileKind } from './file-kind.ts';
import { isDropped, type Outline } from './outline.ts';
import { MAX_PROBLEMS, type ReportAt } from './report.ts';
import { schemaProblem } from './schema-problems.ts';

/** Reports whatever the file has against the schema; returns the pointers of what is not as it should be. */
export function checkSchema(outline: Outline, kind: FileKind, report: ReportAt): readonly string[] {
  const check = kind.validator();
  if (check(outline.value)) return [];
  // A hostile file may earn tens of thousands; no report keeps them.
  const errors = (check.errors ?? [])
    .filter((error) => isOwn(error) && !isDropped(outline, error.instancePath))
    .slice(0, MAX_PROBLEMS);
  const suggested = new Set<string>();
  const broken: string[] = [];
  // Unknown keys first: a required key that is merely misspelt is not missing as well.
  for (const error of [...errors].sort((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)))) {
    broken.push(...schemaProblem(outline, kind, error, suggested, report));
  }
  return broken;
}

const isUnknownKey = ({ keyword }: ErrorObject): boolean => keyword === 'additionalProperties';

/** Leaves out what only says that another error was found: `if` wrappers, `oneOf` branches, checks of a key's name. */
function isOwn({ keyword, schemaPath, propertyName }: ErrorObject): boolean {
  return keyword !== 'if' && propertyName === undefined && !/\/oneOf\/\d+\//.test(schemaPath);
}
