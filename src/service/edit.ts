import { editProcess } from '../edit/index.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import type { EditResult } from './types.ts';

/** A file after some operations (data from outside). Nothing is stored: whoever asked has the text then. */
export function edit({ calendars }: ServiceContext, yaml: string, operations: unknown): EditResult {
  const edited = editProcess(yaml, 'process.yaml', operations, '/operations', { calendars });
  const { problems, definition } = edited;
  if (definition !== null) return { yaml: edited.yaml, problems };
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  throw new ProcessError(
    'definition-invalid',
    {
      zh: `修改后的定义会有 ${errors} 个错误，因此没有修改；逐条见 problems（行号是修改后的）`,
      en: `the edited definition would have ${errors} ${errors === 1 ? 'error' : 'errors'}, so it was not edited; see problems (lines are those after the edit)`,
    },
    { problems },
  );
}
