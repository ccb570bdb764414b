import { ProcessError } from '../errors.ts';
import { isSandbox } from '../names.ts';
import type { DefinitionRow } from '../store/types.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { getCompiled } from './processes.ts';
import type { Accepted, StartInput, WriteRequest } from './types.ts';

/** Starts an instance of a version, by default the newest; of a draft in a sandbox alone. */
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
  const { row } = compiled;
  if (!isSandbox(request.actor.tenant) && !(await context.processes.isPublished(name, row.version))) throw isDraft(row);
  return apply.submit({
    target: { kind: 'start', process: compiled.process, version: row.version },
    command: { type: 'start', input, actor: request.actor, at, requestId: request.requestId },
    request,
  });
}

function isDraft({ process, version }: DefinitionRow): ProcessError {
  return new ProcessError('not-allowed-now', {
    zh: `流程 ${process} 第 ${version} 版是草稿或尚未生效，只能在沙盒中启动（请求头 Sandbox: true，命令行 --sandbox on）；不写 version 则按最新生效的版本启动`,
    en: `version ${version} of ${process} is a draft, or not yet in effect: start it in the sandbox (the header Sandbox: true, --sandbox on), or leave version out for the newest that is in effect`,
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
