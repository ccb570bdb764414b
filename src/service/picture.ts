import { type CardDetail, type GraphPicture, graphPicture } from '../compile/index.ts';
import { readProcess } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { Language } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { readCompiled } from './processes.ts';

/** The picture of a version as data, to be drawn by others. Throws `not-found`, `role-required`, `too-large`. */
export async function layOut(
  context: ServiceContext,
  name: { readonly process: string; readonly version: number | null },
  language: Language,
  detail: CardDetail,
  actor: Actor,
): Promise<GraphPicture> {
  const { process } = await readCompiled(context, name.process, name.version, actor);
  return graphPicture(process.definition, language, detail);
}

/** The picture of a file that need not be published. Throws `definition-invalid` with `problems`, `too-large`. */
export function layOutFile(
  { calendars }: ServiceContext,
  yaml: string,
  language: Language,
  detail: CardDetail,
): GraphPicture {
  const { definition, problems } = readProcess(yaml, 'process.yaml', { calendars });
  if (definition !== null) return graphPicture(definition, language, detail);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  throw new ProcessError(
    'definition-invalid',
    {
      zh: `定义有 ${errors} 个错误，因此画不出来；逐条见 problems`,
      en: `the definition has ${errors} ${errors === 1 ? 'error' : 'errors'}, so it cannot be drawn; see problems`,
    },
    { problems },
  );
}
