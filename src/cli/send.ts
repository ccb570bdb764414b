import type { ProcessDefinition } from '../definition/types.ts';
import { verbs } from '../engine/index.ts';
import { createClient } from './client.ts';
import { type CommandSpec, textOption } from './command.ts';
import { exitCodes, UsageError } from './exit.ts';
import { acceptedText } from './instance-text.ts';
import { parseObject, splitPairs, typedFields } from './name-value.ts';
import { sendFile } from './send-file.ts';

export const send: CommandSpec = {
  name: 'send',
  summary: {
    zh: '向实例发送一个事件，例如 send ID complete activity=screen choices=survey staff=120；或用 --file 发送许多事件',
    en: 'send an event to an instance, e.g. send ID complete activity=screen choices=survey staff=120; or many with --file',
  },
  args: [
    { form: '[ID]', help: { zh: '实例的编号', en: 'id of the instance' } },
    {
      form: '[TYPE]',
      help: {
        zh: `事件类型：${[...verbs.keys()].join('、')}`,
        en: `type of the event: ${[...verbs.keys()].join(', ')}`,
      },
    },
    { form: '[NAME=VALUE...]', help: { zh: '事件的成员与字段的值', en: 'members of the event and values of fields' } },
  ],
  options: [
    {
      form: '--json <BODY>',
      help: { zh: '事件的其余成员，一个 JSON 对象', en: 'the rest of the event as a JSON object' },
    },
    {
      form: '--file <FILE>',
      help: {
        zh: '发送文件中的全部事件，每行一个 {"instance": "…", "event": {…}, "key": "…"}',
        en: 'send every event of a file, one a line: {"instance": "…", "event": {…}, "key": "…"}',
      },
    },
    {
      form: '--dry-run',
      help: { zh: '与 --file 合用：只判定，不写入', en: 'with --file: decide, but write nothing' },
    },
  ],
  settings: ['client'],
  async run(cli, args, options) {
    const [id = '', type = '', ...rest] = args;
    const file = textOption(options, 'file');
    const dryRun = options.dryRun === true;
    if (file === null ? type === '' || dryRun : args.length > 0 || options.json !== undefined) throw wrongArguments();
    if (file !== null) return sendFile(cli, file, dryRun);
    const client = createClient(cli);
    const pairs = splitPairs(rest);
    const json = textOption(options, 'json');
    const body = json === null ? {} : parseObject(json, '--json');
    if (body.type !== undefined && body.type !== type) {
      throw new UsageError({
        zh: `--json 中的 type 与参数 ${type} 不一致，只需给出其一`,
        en: `the type in --json is not ${type}, which the argument says; leave it out`,
      });
    }
    const { process, version } = await client.instance(id);
    const definition = await client.definition(process, version);
    const accepted = await client.send(id, { ...body, ...eventBody(definition, type, pairs), type });
    cli.print(acceptedText(accepted, definition, cli));
    return exitCodes.ok;
  },
};

function wrongArguments(): UsageError {
  return new UsageError({
    zh: '应为 send ID TYPE [NAME=VALUE...]，或 send --file FILE [--dry-run]',
    en: 'expected send ID TYPE [NAME=VALUE...], or send --file FILE [--dry-run]',
  });
}

/** Where the values of fields go, and the members beside them; other events have members alone. */
const forms: Readonly<Record<string, { readonly fields: string; readonly members: readonly string[] }>> = {
  complete: { fields: 'with', members: ['activity', 'choices', 'at'] },
  set: { fields: 'fields', members: ['at'] },
};

/** Members that are lists, written `a,b`. */
const LISTS: ReadonlySet<string> = new Set(['choices', 'criteria']);

/** `activity=screen choices=survey staff=120` → `{activity: 'screen', choices: ['survey'], with: {staff: 120}}` */
function eventBody(
  definition: ProcessDefinition,
  type: string,
  pairs: readonly (readonly [string, string])[],
): Readonly<Record<string, unknown>> {
  const form = forms[type];
  const isMember = ([name]: readonly [string, string]) => form === undefined || form.members.includes(name);
  const members = pairs
    .filter(isMember)
    .map(([name, value]) => [name, LISTS.has(name) ? value.split(',').map((choice) => choice.trim()) : value]);
  const fields = typedFields(
    definition,
    pairs.filter((pair) => !isMember(pair)),
  );
  return {
    ...Object.fromEntries(members),
    ...(form === undefined || Object.keys(fields).length === 0 ? {} : { [form.fields]: fields }),
  };
}
