import { createClient } from './client.ts';
import { type CommandSpec, textOption } from './command.ts';
import { exitCodes } from './exit.ts';
import { versionNamed } from './version-name.ts';
import { versionLine } from './version-text.ts';

export const withdraw: CommandSpec = {
  name: 'withdraw',
  summary: { zh: '撤回草稿，或尚未生效的版本', en: 'take back a draft, or what is not yet in effect' },
  args: [{ form: '<PROCESS@N>', help: { zh: '流程和版本号，例如 sales@4', en: 'process and version, e.g. sales@4' } }],
  options: [
    { form: '--note <TEXT>', help: { zh: '原因', en: 'why' } },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
  ],
  settings: ['client'],
  async run(cli, [name = ''], options) {
    const { process, version } = versionNamed(name);
    const note = textOption(options, 'note');
    const view = await createClient(cli).version(process, version, 'withdraw', note === null ? {} : { note });
    cli.print(options.json === true ? JSON.stringify(view, null, 2) : versionLine(view)[cli.language]);
    return exitCodes.ok;
  },
};
