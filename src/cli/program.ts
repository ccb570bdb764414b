import { Command, CommanderError, Option } from 'commander';
import picocolors from 'picocolors';
import { ProcessError } from '../errors.ts';
import type { Language } from '../text.ts';
import { version } from '../version.ts';
import type { Cli, CommandSpec } from './command.ts';
import { loadCommands } from './commands.ts';
import { type Config, flagOf, type Given, languageOf, readConfig, variableOf } from './config.ts';
import { exitCodes, RefusedError, UnreachableError, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { problemLines, problemOf } from './refusal-text.ts';
import { settings } from './settings.ts';
import { usageText } from './usage-text.ts';

const families = { keys: { zh: '密钥：新建、列出、吊销', en: 'API keys: create, list, revoke' } };

/** Runs one command line (without the program's own name); returns the exit code, never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const language = languageOf(io.env, { lang: languageFlag(argv) });
  const paint = picocolors.createColors(io.colour);
  let code: number = exitCodes.ok;
  const program = createProgram(await loadCommands(argv), io, language, async (spec, args, options) => {
    const result = readConfig(io.env, ownFlags(spec, options));
    if (result.ok) code = await spec.run(createCli(io, result.config, language), args, options);
    else {
      for (const problem of result.problems) io.err(`${paint.red('✗')} ${problem[language]}\n`);
      code = exitCodes.usage;
    }
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return complain(error, io, language);
  }
}

function complain(error: unknown, io: Io, language: Language): number {
  const paint = picocolors.createColors(io.colour);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok;
    if (error.code !== 'commander.help') io.err(`${paint.red('✗')} ${usageText(error)[language]}\n`);
    return exitCodes.usage;
  }
  if (error instanceof UsageError || error instanceof UnreachableError) {
    io.err(`${paint.red('✗')} ${error.says[language]}\n`);
    return error instanceof UsageError ? exitCodes.usage : exitCodes.unreachable;
  }
  if (error instanceof RefusedError || error instanceof ProcessError) {
    const problem = error instanceof RefusedError ? error.problem : problemOf(error, language);
    io.err(`${problemLines(problem, language, paint).join('\n')}\n`);
    return exitCodes.refused;
  }
  io.err(`${paint.red('✗')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.refused;
}

function createCli(io: Io, config: Config, language: Language): Cli {
  return {
    io,
    config,
    language,
    paint: picocolors.createColors(io.colour),
    print: (text) => io.out(`${text}\n`),
    remark: (text) => io.err(`${text[language]}\n`),
  };
}

type Run = (spec: CommandSpec, args: readonly string[], options: Given) => Promise<void>;

function createProgram(commands: readonly CommandSpec[], io: Io, language: Language, run: Run): Command {
  const program = withHelp(new Command('phasegate'), io, language)
    .description({ zh: '由业务人员自己维护的流程引擎', en: 'Runs business processes that people own' }[language])
    .version(version, '-V, --version', { zh: '显示版本', en: 'show the version' }[language])
    .helpCommand(false);
  const parents = new Map<string, Command>();
  for (const spec of commands) {
    const [first = '', second] = spec.name.split(' ');
    if (second === undefined) {
      program.addCommand(createCommand(first, spec, io, language, run));
      continue;
    }
    let parent = parents.get(first);
    if (parent === undefined) {
      parent = withHelp(new Command(first), io, language).helpCommand(false);
      parent.description(families.keys[language]);
      parents.set(first, parent);
      program.addCommand(parent);
    }
    parent.addCommand(createCommand(second, spec, io, language, run));
  }
  return program;
}

function createCommand(name: string, spec: CommandSpec, io: Io, language: Language, run: Run): Command {
  const command = withHelp(new Command(name), io, language).description(spec.summary[language]);
  for (const { form, help } of spec.args) command.argument(form, help[language]);
  for (const { form, help, many } of spec.options) {
    const option = new Option(form, help[language]);
    // Not commander's `<X...>`, which would take the arguments that follow as well.
    command.addOption(many === true ? option.argParser(append) : option);
  }
  for (const [key, setting] of settingsOf(spec)) {
    const shown = setting.default === null ? '' : ` [${setting.default}]`;
    const help = `${setting.help[language]}${shown} (${variableOf(key)})`;
    if (setting.flag !== false) command.addOption(new Option(`${flagOf(key)} <${metavar(key)}>`, help));
  }
  return command.action(async () => {
    await run(spec, command.args, command.opts());
  });
}

function append(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

function settingsOf(spec: CommandSpec) {
  return Object.entries(settings).filter(([, { group }]) => group === 'common' || spec.settings.includes(group));
}

/** Flags of settings alone: an option of the command may have the name of a setting it does not take. */
function ownFlags(spec: CommandSpec, options: Given): Given {
  return Object.fromEntries(settingsOf(spec).map(([key]) => [key, options[key]]));
}

function metavar(key: string): string {
  return flagOf(key).slice(2).split('-').at(-1)?.toUpperCase() ?? 'VALUE';
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

function withHelp(command: Command, io: Io, language: Language): Command {
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      // Errors are thrown, and told in the caller's language.
      outputError: () => {},
      getOutHasColors: () => io.colour,
      getErrHasColors: () => io.colour,
    })
    .configureHelp({ styleTitle: (title) => (language === 'zh' ? (titles[title] ?? title) : title) })
    .helpOption('-h, --help', { zh: '显示帮助', en: 'show this help' }[language]);
}

/** `--lang` as it was given, before anything is parsed: even wrong usage is told in this language. */
function languageFlag(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--lang');
  if (at >= 0) return argv[at + 1];
  return argv.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
}
