import { createClient } from './client.ts';
import { type CommandSpec, textOption } from './command.ts';
import { exitCodes, UsageError } from './exit.ts';
import { versionNamed } from './version-name.ts';
import { versionLine } from './version-text.ts';

export const review: CommandSpec = {
  name: 'review',
  summary: { zh: '评审一个草稿：通过或驳回', en: 'review a draft: approve or reject it' },
  args: [{ form: '<PROCESS@N>', help: { zh: '流程和版本号，例如 sales@4', en: 'process and version, e.g. sales@4' } }],
  options: [
    { form: '--approve', help: { zh: '通过', en: 'approve it' } },
    { form: '--reject', help: { zh: '驳回', en: 'reject it' } },
    { form: '--comment <TEXT>', help: { zh: '评审意见（必填）', en: 'why (required)' } },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
  ],
  settings: ['client'],
  async run(cli, [name = ''], options) {
    const { process, version } = versionNamed(name);
    const comment = textOption(options, 'comment');
    const approve = options.approve === true;
    if (approve === (options.reject === true) || comment === null) {
      throw new UsageError({
        zh: '请给出 --approve 或 --reject 之一，并用 --comment 说明理由',
        en: 'give one of --approve and --reject, and say why with --comment',
      });
    }
    const verdict = approve ? 'approve' : 'reject';
    const view = await createClient(cli).version(process, version, 'review', { verdict, comment });
    cli.print(options.json === true ? JSON.stringify(view, null, 2) : versionLine(view)[cli.language]);
    return exitCodes.ok;
  },
};
