import type { CommanderError } from 'commander';
import type { Text } from '../text.ts';

const zhByCode: Readonly<Record<string, string>> = {
  'commander.unknownOption': '没有选项',
  'commander.unknownCommand': '没有命令',
  'commander.missingArgument': '缺少参数',
  'commander.optionMissingArgument': '选项缺少值：',
  'commander.missingMandatoryOptionValue': '缺少选项',
  'commander.excessArguments': '参数过多',
  'commander.invalidArgument': '参数无效',
  'commander.conflictingOption': '选项冲突',
};

/** What is wrong with a command line, from commander's own English message. */
export function usageText(error: CommanderError): Text {
  const en = error.message.replace(/^error: /, '').replace('\n', ' ');
  const [, named = ''] = /'([^']*)'/.exec(en) ?? [];
  const [, near] = /Did you mean (?:one of )?(.+?)\?/.exec(en) ?? [];
  const what = zhByCode[error.code];
  const zh = what === undefined ? en : `${what} ${named}${near === undefined ? '' : `，是否指 ${near}？`}`.trim();
  return { zh: `${zh}（用 --help 查看用法）`, en: `${en} (see --help)` };
}
