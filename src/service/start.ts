import { ProcessError } from '../errors.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { getCompiled } from './processes.ts';
import type { Accepted, StartInput, WriteRequest } from './types.ts';

/** Starts an instance of a version, by default the newest. */
export async function start(
  context: ServiceContext,
  apply: Apply,
  { process: name, version, at, ...input }: StartInput,
  request: WriteRequest,
): Promise<Accepted> {
  if (request.ifMatch !== null) {
    throw new ProcessError('revision-stale', {
      zh: '新实例还没有版本，请去掉 If-Match',
      en: 'a new instance has no revision yet; leave If-Match out',
    });
  }
  const problems = [
    ...(typeof name === 'string' ? [] : [wrong('/process', '已发布流程的 id', 'the id of a published process', name)]),
    ...(version === undefined || Number.isSafeInteger(version)
      ? []
      : [wrong('/version', '版本号（整数）', 'the number of a version', version)]),
  ];
  if (typeof name !== 'string' || problems.length > 0) {
    const [first] = problems;
    throw new ProcessError('invalid-input', first?.message ?? { zh: '', en: '' }, { errors: problems });
  }
  const compiled = await getCompiled(context, name, typeof version === 'number' ? version : null);
  return apply.submit({
    target: { kind: 'start', process: compiled.process, version: compiled.row.version },
    command: { type: 'start', input, actor: request.actor, at, requestId: request.requestId },
    request,
  });
}

function wrong(pointer: string, zh: string, en: string, found: unknown) {
  const shown = JSON.stringify(found)?.slice(0, 60) ?? 'nothing';
  return {
    pointer,
    message: {
      zh: `${pointer.slice(1)} 应为${zh}；收到 ${shown}`,
      en: `${pointer.slice(1)} should be ${en}; found ${shown}`,
    },
  };
}
