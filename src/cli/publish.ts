import { createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import type { Given } from './config.ts';
import { draftFile, draftOptions } from './draft.ts';
import { exitCodes } from './exit.ts';
import { parseVersionName } from './version-name.ts';
import { versionLine } from './version-text.ts';

export const publish: CommandSpec = {
  name: 'publish',
  summary: {
    zh: '发布评审过的版本，或退回到曾生效的版本；给出文件则先提交为草稿',
    en: 'publish a version that was reviewed, or go back to one; a file is drafted first',
  },
  args: [
    {
      form: '<FILE|PROCESS@N>',
      help: {
        zh: '流程文件，或流程和版本号，例如 sales@4',
        en: 'a process file, or process and version, e.g. sales@4',
      },
    },
  ],
  options: [
    ...draftOptions,
    {
      form: '--effective <TIME>',
      help: {
        zh: '自何时起生效，例如 2026-12-01T00:00+08:00；默认立即',
        en: 'from when on, e.g. 2026-12-01T00:00+08:00; at once unless given',
      },
    },
    {
      form: '--force',
      help: { zh: '场景未通过也发布（会留下记录）', en: 'although its tests fail, which is recorded' },
    },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
  ],
  settings: ['client'],
  async run(cli, [source = ''], options) {
    const found = await sourceOf(cli, source, options);
    if (found === null) return exitCodes.refused;
    const { process, version, note } = found;
    const effectiveAt = textOption(options, 'effective');
    const view = await createClient(cli).version(process, version, 'publish', {
      ...(note === null ? {} : { note }),
      ...(effectiveAt === null ? {} : { effectiveAt }),
      ...(options.force === true ? { force: true } : {}),
    });
    cli.print(options.json === true ? JSON.stringify(view, null, 2) : versionLine(view)[cli.language]);
    return exitCodes.ok;
  },
};

/** Which version, and why it is published; why a file is, its draft says. */
async function sourceOf(cli: Cli, source: string, options: Given) {
  const named = parseVersionName(source);
  if (named !== null && named.version !== null) {
    return { process: named.process, version: named.version, note: textOption(options, 'note') };
  }
  const drafted = await draftFile(cli, source, options);
  if (drafted === null) return null;
  cli.remark(versionLine(drafted));
  return { process: drafted.process, version: drafted.version, note: null };
}
