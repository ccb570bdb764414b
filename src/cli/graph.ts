import { existsSync } from 'node:fs';
import { compileProcess, drawGraph } from '../compile/index.ts';
import { readProcess } from '../definition/index.ts';
import type { GraphFormat } from '../service/types.ts';
import { suggest } from '../suggest.ts';
import { createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { exitCodes, UsageError } from './exit.ts';
import { writeOutput } from './output-file.ts';
import { problemReport } from './problem-report.ts';
import { readText } from './process-files.ts';

const formats: readonly GraphFormat[] = ['svg', 'mermaid', 'xstate'];

export const graph: CommandSpec = {
  name: 'graph',
  summary: {
    zh: '画出流程：SVG 图、Mermaid 流程图，或 XState 状态机的 JSON',
    en: 'draw a process: an SVG picture, a Mermaid flowchart, or the JSON of its XState machine',
  },
  args: [
    {
      form: '<FILE>',
      help: {
        zh: '流程文件，或服务上已发布流程的 id',
        en: 'a process file, or the id of a process that the server has',
      },
    },
  ],
  options: [
    {
      form: '--format <FORMAT>',
      help: { zh: 'svg（默认）、mermaid 或 xstate', en: 'svg (default), mermaid or xstate' },
    },
    {
      form: '--out <FILE>',
      help: { zh: '写入文件，而不是标准输出', en: 'write to a file instead of the standard output' },
    },
  ],
  settings: ['client'],
  async run(cli, [source = ''], options) {
    const format = formatOption(textOption(options, 'format') ?? 'svg');
    const isFile = existsSync(source) || /\.ya?ml$|[/\\]/.test(source);
    const drawing = isFile ? drawFile(cli, source, format) : await createClient(cli).graph(source, format);
    if (drawing === null) return exitCodes.refused;
    const out = textOption(options, 'out');
    if (out === null) cli.print(drawing.trimEnd());
    else writeOutput(out, drawing);
    return exitCodes.ok;
  },
};

function formatOption(given: string): GraphFormat {
  const format = formats.find((known) => known === given);
  if (format !== undefined) return format;
  const near = suggest(given, formats);
  throw new UsageError({
    zh: `--format 应为 ${formats.join(', ')} 之一${near === null ? '' : `，是否指 ${near}？`}；收到 ${given}`,
    en: `--format should be one of ${formats.join(', ')}${near === null ? '' : `, did you mean ${near}?`}; found ${given}`,
  });
}

function drawFile(cli: Cli, path: string, format: GraphFormat): string | null {
  if (!existsSync(path)) {
    throw new UsageError({ zh: `没有文件 ${path}；请检查路径`, en: `there is no file ${path}; check the path` });
  }
  const text = readText(path);
  const { definition, problems } = readProcess(text, path);
  if (definition !== null) return drawGraph(compileProcess(definition), format, cli.language);
  cli.io.err(`${problemReport([{ path, text, problems }], cli)}\n`);
  return null;
}
