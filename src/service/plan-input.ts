import type { CompiledProcess } from '../compile/types.ts';
import { type InputProblem, ProcessError } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { Choices } from './plan-types.ts';

/** What a plan is asked of: a file or a published version, and what somebody has decided. */
export interface PlanRequest extends Choices {
  readonly of: { readonly yaml: string } | { readonly version: number };
}

/** Problems told of one request. */
const MOST_PROBLEMS = 50;

/** The choices of a plan, each move leading to a step that there is. Throws `invalid-input` with a pointer to each other. */
export function readChoices({ moves, instances, only }: Choices, { steps, definition }: CompiledProcess): Choices {
  const problems: InputProblem[] = [];
  const known = [...steps.keys()];
  const check = (pointer: string, to: string) => {
    if (steps.has(to) || problems.length >= MOST_PROBLEMS) return;
    const near = suggest(to, known);
    const list = known.join(', ');
    problems.push({
      pointer,
      message: {
        zh: `应为流程 ${definition.process} 新版本中的环节${near === null ? `（${list}）` : `，是否指 ${near}？`}；收到 ${to.slice(0, 80)}`,
        en: `this should be a step of the new version of ${definition.process}${near === null ? ` (${list})` : `; did you mean ${near}?`} found ${to.slice(0, 80)}`,
      },
    });
  };
  for (const [from, to] of Object.entries(moves)) check(`/moves/${from}`, to);
  for (const [id, choice] of Object.entries(instances)) {
    if (choice === 'keep') continue;
    for (const [from, to] of Object.entries(choice)) check(`/instances/${id}/${from}`, to);
  }
  const [first] = problems;
  if (first === undefined) return { moves, instances, only };
  throw new ProcessError(
    'invalid-input',
    {
      zh: `${first.pointer} ${first.message.zh}`,
      en: `${first.pointer}: ${first.message.en}`,
    },
    { errors: problems },
  );
}
