import { createClient } from './client.ts';
import { type CommandSpec, listOption, textOption } from './command.ts';
import { exitCodes } from './exit.ts';
import { acceptedText } from './instance-text.ts';
import { parseObject, splitPairs, typedFields } from './name-value.ts';
import { parseVersionName } from './version-name.ts';

export const start: CommandSpec = {
  name: 'start',
  summary: { zh: '启动一个实例', en: 'start an instance' },
  args: [
    {
      form: '<PROCESS>',
      help: {
        zh: '流程的 id；sales@4 为指定版本（草稿只能在沙盒中启动）',
        en: 'id of the process; sales@4 for that version (a draft in the sandbox alone)',
      },
    },
  ],
  options: [
    { form: '--key <KEY>', help: { zh: '业务键', en: 'business key' } },
    {
      form: '--field <NAME=VALUE>',
      many: true,
      help: { zh: '字段的值，可多次', en: 'value of a field; may be repeated' },
    },
    { form: '--fields <JSON>', help: { zh: '全部字段，一个 JSON 对象', en: 'all fields as one JSON object' } },
    {
      form: '--at <TIME>',
      help: { zh: '发生时间，例如 2026-02-13T17:30+08:00', en: 'when it happened, e.g. 2026-02-13T17:30+08:00' },
    },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
  ],
  settings: ['client'],
  async run(cli, [name = ''], options) {
    const { process, version } = parseVersionName(name) ?? { process: name, version: null };
    const client = createClient(cli);
    const given = textOption(options, 'fields');
    const pairs = splitPairs(listOption(options, 'field'));
    const definition = await client.definition(process, version);
    const fields = { ...(given === null ? {} : parseObject(given, '--fields')), ...typedFields(definition, pairs) };
    const key = textOption(options, 'key');
    const at = textOption(options, 'at');
    const accepted = await client.start({
      process,
      ...(version === null ? {} : { version }),
      ...(key === null ? {} : { key }),
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
      ...(at === null ? {} : { at }),
    });
    cli.print(options.json === true ? JSON.stringify(accepted, null, 2) : acceptedText(accepted, definition, cli));
    return exitCodes.ok;
  },
};
