import { existsSync } from 'node:fs';
import { linesOf, readProcess } from '../definition/index.ts';
import { diffProcesses, type Version } from '../diff/index.ts';
import { createClient } from './client.ts';
import type { Cli, CommandSpec } from './command.ts';
import { diffLines } from './diff-text.ts';
import { RefusedError, UsageError } from './exit.ts';
import { problemReport } from './problem-report.ts';
import { type ProcessFile, readText } from './process-files.ts';
import { problemLines } from './refusal-text.ts';
import { unifiedDiff } from './unified-diff.ts';

/** As `diff` does: what is the same, what differs, what cannot be compared; for want of a server it is `exitCodes.unreachable`. */
const codes = { same: 0, different: 1, trouble: 2 } as const;

export const diff: CommandSpec = {
  name: 'diff',
  summary: {
    zh: '比较流程的两个版本，逐条说明变了什么、收紧还是放宽。退出码 0 相同，1 不同，2 无法比较，3 服务没有应答',
    en: 'compare two versions of a process: what changed, tightened or loosened. Exit code 0 when they are equal, 1 when they differ, 2 when they cannot be compared, 3 when no server answers',
  },
  args: [
    {
      form: '<A>',
      help: { zh: '较早的：文件，或服务上的 流程@版本', en: 'the older: a file, or PROCESS@VERSION of a server' },
    },
    {
      form: '<B>',
      help: { zh: '较新的：文件，或服务上的 流程@版本', en: 'the newer: a file, or PROCESS@VERSION of a server' },
    },
  ],
  options: [
    { form: '--text', help: { zh: '另附逐行的文本差异', en: 'show the lines that differ as well' } },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
  ],
  settings: ['client'],
  async run(cli, [a = '', b = ''], options) {
    const before = await findFile(cli, a);
    const after = await findFile(cli, b);
    if (before === null || after === null) return codes.trouble;
    const [from, to] = [versionOf(cli, before), versionOf(cli, after)];
    if (from === null || to === null) return codes.trouble;
    const found = diffProcesses(from, to);
    const text = options.text === true ? unifiedDiff(before, after, cli.paint) : null;
    if (options.json === true) cli.print(JSON.stringify({ ...found, ...(text === null ? {} : { text }) }, null, 2));
    else {
      cli.print(diffLines(found, cli).join('\n'));
      if (text !== null) cli.print(`\n${text}`);
    }
    return found.changes.length === 0 ? codes.same : codes.different;
  },
};

/** `sales@3`, where no file has that name. */
const PUBLISHED = /^([a-z][a-z0-9-]*)(?:@([1-9]\d{0,8}))?$/;

/** Null: the server has no such version, or does not give it; that is told. */
async function findFile(cli: Cli, source: string): Promise<ProcessFile | null> {
  const [, process, version] = PUBLISHED.exec(source) ?? [];
  if (process === undefined || existsSync(source)) return { path: source, text: readText(source) };
  if (version === undefined) {
    throw new UsageError({
      zh: `没有文件 ${source}；服务上的版本写作 ${source}@版本号`,
      en: `there is no file ${source}; a version of a server is written ${source}@NUMBER`,
    });
  }
  try {
    return { path: source, text: await createClient(cli).file(process, Number(version)) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    cli.io.err(`${problemLines(error.problem, cli.language, cli.paint).join('\n')}\n`);
    return null;
  }
}

function versionOf(cli: Cli, file: ProcessFile): Version | null {
  const { definition, problems } = readProcess(file.text, file.path);
  if (definition !== null) return { definition, lineOf: linesOf(file.text) };
  cli.io.err(`${problemReport([{ ...file, problems }], cli)}\n`);
  return null;
}
