import type { EntryView } from '../service/types.ts';
import { isRecord } from './answer-guards.ts';
import { createClient } from './client.ts';
import type { Cli, CommandSpec } from './command.ts';
import { exitCodes } from './exit.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

export const history: CommandSpec = {
  name: 'history',
  summary: {
    zh: '显示一个实例的全部历史，包括被拒绝的操作',
    en: 'show everything that happened to an instance, what was refused too',
  },
  args: [{ form: '<ID>', help: { zh: '实例的编号', en: 'id of the instance' } }],
  options: [{ form: '--json', help: { zh: '每行一条 JSON 输出', en: 'one entry a line as JSON' } }],
  settings: ['client'],
  async run(cli, [id = ''], options) {
    const client = createClient(cli);
    const entries: EntryView[] = [];
    let cursor: string | null = null;
    do {
      const page = await client.history(id, cursor);
      cursor = page.next;
      if (options.json === true) for (const entry of page.entries) cli.print(JSON.stringify(entry));
      else entries.push(...page.entries);
    } while (cursor !== null);
    if (options.json !== true) cli.print(historyText(entries, cli));
    return exitCodes.ok;
  },
};

function historyText(entries: readonly EntryView[], look: Pick<Cli, 'language' | 'paint'>): string {
  const { language, paint } = look;
  const head = { zh: ['#', '发生时间', '操作人', '事件', '内容'], en: ['#', 'when', 'actor', 'event', 'what'] };
  const rows = entries.map((entry) => {
    const mark = entry.accepted ? paint.green('✓') : paint.red('✗');
    return [entry.seq, timeText(entry.at), entry.actor, `${mark} ${entry.type}`, whatHappened(entry, language)];
  });
  return tableText(head[language], rows, look);
}

function whatHappened({ command, changes, refusal }: EntryView, language: 'zh' | 'en'): string {
  const said = isRecord(command) ? Object.entries(command).map(([name, value]) => memberText(name, value)) : [];
  const moved = changes?.position;
  const position = moved === undefined ? [] : [`→ ${moved.to.map(({ step }) => step).join(' + ') || 'closed'}`];
  const outcome = changes?.outcome === undefined ? [] : [`= ${changes.outcome ?? '–'}`];
  const approvals = Object.entries(changes?.approvals ?? {}).map(([id, { status }]) => `${id} = ${status}`);
  const why = refusal === null ? [] : [`${refusal.code}: ${refusal.detail[language]}`];
  return [...said, ...approvals, ...position, ...outcome, ...why].join('  ');
}

function memberText(name: string, value: unknown): string {
  if (isRecord(value)) return Object.keys(value).join(', ');
  if (Array.isArray(value)) return value.join(', ');
  return name === 'activity' || name === 'to' || name === 'step' ? String(value) : `${name}: ${String(value)}`;
}
