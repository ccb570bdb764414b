import type { IncidentItem, IncidentPage } from '../service/types.ts';
import { createClient } from './client.ts';
import type { Cli, CommandSpec } from './command.ts';
import { exitCodes } from './exit.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

export const incidents: CommandSpec = {
  name: 'incidents',
  summary: {
    zh: '列出待处理的故障：没有完成的服务请求、没有启动的子流程',
    en: 'list what failed and waits for somebody: calls of services, children',
  },
  args: [],
  options: [{ form: '--json', help: { zh: '每行一条 JSON 输出', en: 'one line of JSON each' } }],
  settings: ['client'],
  async run(cli, _args, options) {
    const client = createClient(cli);
    const found: IncidentItem[] = [];
    let cursor: string | null = null;
    do {
      const page: IncidentPage = await client.incidents({ limit: '200', ...(cursor === null ? {} : { cursor }) });
      found.push(...page.incidents);
      cursor = page.next;
    } while (cursor !== null);
    if (options.json === true) for (const incident of found) cli.print(JSON.stringify(incident));
    else if (found.length === 0) cli.print(none[cli.language]);
    else
      cli.print(
        tableText(
          head[cli.language],
          found.flatMap((incident) => rowsOf(incident, cli)),
          cli,
        ),
      );
    return exitCodes.ok;
  },
};

const none = { zh: '没有待处理的故障', en: 'Nothing waits to be seen to' };

const head = {
  zh: ['自', '流程', '实例', '环节', '故障', '原因', '处理'],
  en: ['since', 'process', 'instance', 'step', 'what', 'why', 'remedy'],
} as const;

function rowsOf(
  { instance, step, since, calls, children }: IncidentItem,
  { language }: Cli,
): readonly (readonly string[])[] {
  const first = [timeText(since), instance.process, instance.key ?? instance.id, step];
  return [
    ...calls.map(({ activity, service, failures }) => [
      ...first,
      `${activity} (${service})`,
      failures.at(-1)?.why ?? '—',
      'retry-call, complete',
    ]),
    ...children.map(({ child, name, incident }) => [
      ...first,
      `${name} (${child})`,
      incident?.[language] ?? '—',
      'retry-child, dismiss-child',
    ]),
  ];
}
