import { createClient } from './client.ts';
import type { CommandSpec } from './command.ts';
import { exitCodes } from './exit.ts';
import { instanceText } from './instance-text.ts';

export const show: CommandSpec = {
  name: 'show',
  summary: {
    zh: '显示一个实例：位置、细则、字段，以及可做与不可做的操作和原因',
    en: 'show an instance: where it stands, its activities and fields, what can be done and why not',
  },
  args: [{ form: '<ID>', help: { zh: '实例的编号', en: 'id of the instance' } }],
  options: [{ form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } }],
  settings: ['client'],
  async run(cli, [id = ''], options) {
    const client = createClient(cli);
    const instance = await client.instance(id);
    if (options.json === true) cli.print(JSON.stringify(instance, null, 2));
    else cli.print(instanceText(instance, await client.definition(instance.process, instance.version), cli));
    return exitCodes.ok;
  },
};
