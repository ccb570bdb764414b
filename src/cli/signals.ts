import type { SignalPage, SignalView } from '../service/types.ts';
import { createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { exitCodes } from './exit.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

export const signals: CommandSpec = {
  name: 'signals',
  summary: {
    zh: '列出其他系统发来的信号及其去向',
    en: 'list what other systems have told, and what became of it',
  },
  args: [],
  options: [
    {
      form: '--state <STATE>',
      help: {
        zh: '只列出 kept、delivered、refused 或 unmatched 的',
        en: 'only those kept, delivered, refused or unmatched',
      },
    },
    { form: '--json', help: { zh: '每行一条 JSON 输出', en: 'one line of JSON each' } },
  ],
  settings: ['client'],
  async run(cli, _args, options) {
    const client = createClient(cli);
    const state = textOption(options, 'state');
    const found: SignalView[] = [];
    let cursor: string | null = null;
    do {
      const page: SignalPage = await client.signals({
        limit: '200',
        ...(state === null ? {} : { state }),
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.signals);
      cursor = page.next;
    } while (cursor !== null);
    if (options.json === true) for (const signal of found) cli.print(JSON.stringify(signal));
    else {
      const rows = found.map((signal) => rowOf(signal, cli));
      cli.print(tableText(head[cli.language], rows, cli));
    }
    return exitCodes.ok;
  },
};

const head = {
  zh: ['发生时间', '信号', '值', '发送者', '状态', '实例', '回执'],
  en: ['when', 'signal', 'key', 'sender', 'state', 'instances', 'receipt'],
} as const;

const states = { kept: '保留中', delivered: '已送达', refused: '被拒绝', unmatched: '无匹配' } as const;

function rowOf({ at, signal, key, sender, state, results, receipt }: SignalView, { language }: Cli): readonly string[] {
  const codes = results.map(({ instance, code }) => (code === undefined ? (instance ?? '') : `${instance} ${code}`));
  const shown = language === 'zh' ? states[state] : state;
  return [timeText(at), signal, key, sender, shown, codes.join(', ') || '—', receipt];
}
