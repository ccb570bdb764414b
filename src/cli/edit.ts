import { editProcess, membersOf, operationNames, readValue } from '../edit/index.ts';
import type { Json } from '../json.ts';
import { suggest } from '../suggest.ts';
import { type Cli, type CommandSpec, listOption, textOption } from './command.ts';
import type { Given } from './config.ts';
import { exitCodes, UsageError } from './exit.ts';
import { parseObject, splitPairs } from './name-value.ts';
import { writeOutput } from './output-file.ts';
import { problemReport } from './problem-report.ts';
import { readText } from './process-files.ts';
import { unifiedDiff } from './unified-diff.ts';

export const edit: CommandSpec = {
  name: 'edit',
  summary: {
    zh: '由程序修改流程文件，只动相关的行，备注保留；例如 edit FILE set-sla negotiation "45 days"。退出码 0 可行，1 被拒绝，2 用法不对',
    en: 'edit a process file by program, touching only the lines concerned; e.g. edit FILE set-sla negotiation "45 days". Exit code 0 when it can be done, 1 when it is refused, 2 for wrong usage',
  },
  args: [
    { form: '<FILE>', help: { zh: '流程文件', en: 'a process file' } },
    {
      form: '[OPERATION]',
      help: { zh: `操作：${operationNames.join('、')}`, en: `what to do: ${operationNames.join(', ')}` },
    },
    {
      form: '[ARGUMENT...]',
      help: {
        zh: '元素、值，以及 名称=值（in、after、before、to、move_to）',
        en: 'the element, the value, and NAME=VALUE (in, after, before, to, move_to)',
      },
    },
  ],
  options: [
    {
      form: '--op <JSON>',
      help: {
        zh: '一个操作的 JSON；可给多次，依次执行',
        en: 'an operation as JSON; several times: one after the other',
      },
      many: true,
    },
    { form: '--ops <FILE>', help: { zh: '文件中的操作列表（JSON）', en: 'a list of operations in a file (JSON)' } },
    {
      form: '--write',
      help: { zh: '写回文件；否则只显示改动', en: 'write the file; otherwise the change is only shown' },
    },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
  ],
  settings: [],
  async run(cli, [path = '', ...words], options) {
    const before = { path, text: readText(path) };
    const operations = operationsOf(words, options);
    const { yaml, problems, definition } = editProcess(before.text, path, operations, '');
    const after = { path, text: yaml };
    if (definition === null) {
      if (options.json === true) cli.print(JSON.stringify({ yaml: null, problems }, null, 2));
      else tellErrors(cli, { ...after, problems });
      return exitCodes.refused;
    }
    if (options.json === true) cli.print(JSON.stringify({ yaml, problems }, null, 2));
    else {
      const shown = unifiedDiff(before, after, cli.paint);
      if (shown === null)
        cli.remark({ zh: `${path} 已是如此，没有改动`, en: `${path} says so already; nothing is changed` });
      else cli.print(shown);
      if (problems.length > 0) cli.io.err(`${problemReport([{ ...after, problems }], cli)}\n`);
      if (shown !== null && options.write !== true) {
        cli.remark({ zh: '尚未写入；加 --write 写回文件', en: 'nothing is written yet; --write writes the file' });
      }
    }
    if (options.write === true && yaml !== before.text) writeOutput(path, yaml);
    return exitCodes.ok;
  },
};

function tellErrors(cli: Cli, file: Parameters<typeof problemReport>[0][number]): void {
  cli.io.err(`${problemReport([file], cli)}\n`);
  cli.remark({
    zh: '修改后的文件会有错误（行号是修改后的），因此没有改动',
    en: 'the edited file would have errors (lines are those after the edit), so nothing is changed',
  });
}

function operationsOf([name, ...args]: readonly string[], options: Given): readonly unknown[] {
  const given = [
    ...(name === undefined ? [] : [operationOf(name, args)]),
    ...listOption(options, 'op').map((text) => parseObject(text, '--op')),
    ...listed(textOption(options, 'ops')),
  ];
  if (given.length > 0) return given;
  throw new UsageError({
    zh: `应写明操作：${operationNames.join('、')}，或用 --op、--ops 给出`,
    en: `say what to do: ${operationNames.join(', ')}, or give operations with --op or --ops`,
  });
}

function listed(path: string | null): readonly unknown[] {
  if (path === null) return [];
  let value: unknown = null;
  try {
    value = JSON.parse(readText(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
  }
  if (Array.isArray(value)) return value;
  throw new UsageError({
    zh: `${path} 应为操作的 JSON 列表，例如 [{"op": "remove", "at": "activity:survey"}]`,
    en: `${path} should be a JSON list of operations, e.g. [{"op": "remove", "at": "activity:survey"}]`,
  });
}

/** Members that stand by themselves, in this order, before those that are written NAME=VALUE. */
const positional = ['at', 'word', 'value', 'to'];

/** `set-sla negotiation "45 days"`, `move step:demo after=negotiation`. */
function operationOf(name: string, args: readonly string[]): Readonly<Record<string, Json>> {
  const members = membersOf(name);
  if (members.length === 0) {
    const near = suggest(name, operationNames);
    throw new UsageError({
      zh: `没有操作 ${name}${near === null ? '' : `，是否指 ${near}？`}（有：${operationNames.join('、')}）`,
      en: `there is no operation ${name}${near === null ? '' : `; did you mean ${near}?`} (there are: ${operationNames.join(', ')})`,
    });
  }
  // The place that something is moved to may be left out, the name that it is given may not.
  const plain = positional.filter((member) => members.includes(member) && !(name === 'move' && member === 'to'));
  const missing = plain[args.length];
  if (missing !== undefined) {
    throw new UsageError({
      zh: `应为 ${name} ${plain.join(' ').toUpperCase()}；缺少 ${missing.toUpperCase()}`,
      en: `expected ${name} ${plain.join(' ').toUpperCase()}; ${missing.toUpperCase()} is missing`,
    });
  }
  const own = plain.map(
    (member, n) => [member, member === 'value' ? readValue(args[n] ?? '') : (args[n] ?? '')] as const,
  );
  return { op: name, ...Object.fromEntries(own), ...Object.fromEntries(splitPairs(args.slice(plain.length))) };
}
