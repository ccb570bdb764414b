// Conditions: one line of CEL over the declared fields, e.g. `known(class) && budget >= 100000`.
// In: the text, the types of the fields (and the values of choices). Out: a condition ready to run, or every error in
// it with its place in the text. A condition is total and three-valued: it answers met, not met, or unknown with the
// fields it misses, as a tree of its parts.
// CEL parses and runs the comparisons; names, types, the logic of three values and the limits are our own.
// Never: I/O, clock, regular expressions of the user, macros, access to anything but the fields.
export { atLeastVerdict, compileCondition, everyVerdict, opposite, someVerdict } from './compile-condition.ts';
export { fieldPlaces } from './field-places.ts';
export { renameFields } from './rename.ts';
export { type Cut, type Shape, shapeOf } from './shape.ts';
export type {
  CompiledCondition,
  Condition,
  ConditionError,
  ConditionFix,
  Explanation,
  ExprType,
  Fact,
  Facts,
  Verdict,
  Vocabulary,
} from './types.ts';
export { type ConditionWord, conditionWords } from './words.ts';
