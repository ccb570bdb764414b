import { readProcess } from '../definition/index.ts';
import type { VersionView } from '../service/types.ts';
import { createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import type { Given } from './config.ts';
import { exitCodes, UsageError } from './exit.ts';
import { problemReport } from './problem-report.ts';
import { readText, testsBeside } from './process-files.ts';
import { versionLine } from './version-text.ts';

/** What a draft is made with, for the commands that make one. */
export const draftOptions: CommandSpec['options'] = [
  { form: '--note <TEXT>', help: { zh: '改了什么、为什么（草稿必填）', en: 'what changes and why; a draft takes it' } },
  { form: '--hypothesis <TEXT>', help: { zh: '预期带来什么', en: 'what it is expected to bring' } },
  { form: '--metric <TEXT>', help: { zh: '用什么指标来看', en: 'by what that will be seen' } },
  {
    form: '--tests <FILE>',
    help: {
      zh: '场景文件；默认为文件旁的 *.test.yaml（若有）',
      en: 'its scenarios; default: the *.test.yaml beside the file, if there is one',
    },
  },
];

export const draft: CommandSpec = {
  name: 'draft',
  summary: {
    zh: '提交一个流程文件为草稿：可在沙盒中试用，由他人评审',
    en: 'draft a process file, to be tried in the sandbox and reviewed by somebody else',
  },
  args: [{ form: '<FILE>', help: { zh: '流程文件', en: 'a process file' } }],
  options: [...draftOptions, { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } }],
  settings: ['client'],
  async run(cli, [path = ''], options) {
    const version = await draftFile(cli, path, options);
    if (version === null) return exitCodes.refused;
    cli.print(options.json === true ? JSON.stringify(version, null, 2) : versionLine(version)[cli.language]);
    return exitCodes.ok;
  },
};

/** Null: the file has errors, which have been told. */
export async function draftFile(cli: Cli, path: string, options: Given): Promise<VersionView | null> {
  const note = textOption(options, 'note');
  if (note === null) {
    throw new UsageError({
      zh: '请用 --note 说明改了什么、为什么',
      en: 'say with --note what changes and why',
    });
  }
  const text = readText(path);
  const { definition, problems } = readProcess(text, path);
  if (definition === null) {
    cli.io.err(`${problemReport([{ path, text, problems }], cli)}\n`);
    return null;
  }
  const given = textOption(options, 'tests');
  const tests = given === null ? testsBeside(path) : readText(given);
  const hypothesis = textOption(options, 'hypothesis');
  const metric = textOption(options, 'metric');
  const { version } = await createClient(cli).draft(definition.process, {
    yaml: text,
    note,
    ...(hypothesis === null ? {} : { hypothesis }),
    ...(metric === null ? {} : { metric }),
    ...(tests === null ? {} : { tests }),
  });
  return version;
}
