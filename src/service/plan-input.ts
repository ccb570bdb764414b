import type { CompiledProcess } from '../compile/types.ts';
import { type InputProblem, ProcessError } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { Choices, PlannedInstance } from './plan-types.ts';

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
  refuse(problems);
  return { moves, instances, only };
}

/** Looks for choices that no instance is met by: somebody has misspelt them, and would not learn of it. */
export function createUnmet({ moves, instances, only }: Choices, base: CompiledProcess) {
  const steps = new Set(base.steps.keys());
  const ids = new Set([...Object.keys(instances), ...(only ?? [])]);
  return {
    meet({ instance: { id, position } }: Pick<PlannedInstance, 'instance'>) {
      ids.delete(id);
      for (const { step } of position) steps.add(step);
    },
    ids: (): readonly string[] => [...ids],
    /** It is there, and needs nothing: it is closed, or on the new version. */
    pass(id: string) {
      ids.delete(id);
    },
    /** Throws `invalid-input` with a pointer to each. */
    end() {
      const known = [...steps];
      const problems: InputProblem[] = [];
      const tell = (pointer: string, message: Text) => {
        if (problems.length < MOST_PROBLEMS) problems.push({ pointer, message });
      };
      const checkSteps = (pointer: string, from: Iterable<string>) => {
        for (const step of from) if (!steps.has(step)) tell(`${pointer}/${step}`, noStep(step, known));
      };
      checkSteps('/moves', Object.keys(moves));
      for (const [id, choice] of Object.entries(instances)) {
        if (ids.has(id)) tell(`/instances/${id}`, noInstance(id));
        else if (choice !== 'keep') checkSteps(`/instances/${id}`, Object.keys(choice));
      }
      for (const [n, id] of (only ?? []).entries()) if (ids.has(id)) tell(`/only/${n}`, noInstance(id));
      refuse(problems);
    },
  };
}

function noStep(step: string, known: readonly string[]): Text {
  const near = suggest(step, known);
  const list = known.join(', ');
  return {
    zh: `应为实例所在的环节${near === null ? `（${list}）` : `，是否指 ${near}？`}；收到 ${step.slice(0, 80)}`,
    en: `this should be a step that instances stand in${near === null ? ` (${list})` : `; did you mean ${near}?`} found ${step.slice(0, 80)}`,
  };
}

function noInstance(id: string): Text {
  return {
    zh: `应为这个流程的实例编号；没有 ${id}：请改正，或不再提它`,
    en: `this should be the id of an instance of the process; there is no ${id}: correct it, or leave it out`,
  };
}

function refuse(problems: readonly InputProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const message = { zh: `${first.pointer} ${first.message.zh}`, en: `${first.pointer}: ${first.message.en}` };
  throw new ProcessError('invalid-input', message, { errors: problems });
}
