import type { WorkItem } from '../service/types.ts';
import type { Language, Text } from '../text.ts';
import { createClient } from './client.ts';
import { type CommandSpec, textOption } from './command.ts';
import { exitCodes } from './exit.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

/** Pages read of a list that people look at; who wants all asks the API. */
const MOST_PAGES = 5;

export const work: CommandSpec = {
  name: 'work',
  summary: {
    zh: '列出等着我做的事：可做的细则、待我审批的、可推进的环节，等得最久的在前',
    en: 'list what waits for me: activities, approvals, steps to move on; the oldest first',
  },
  args: [],
  options: [
    { form: '--role <ROLE>', help: { zh: '只看这个角色的', en: 'only what waits for this role' } },
    { form: '--actor <ACTOR>', help: { zh: '只看指名这个人的', en: 'only what waits for this person by name' } },
    { form: '--process <PROCESS>', help: { zh: '只看这个流程的', en: 'only of this process' } },
    { form: '--json', help: { zh: '每行一项 JSON 输出', en: 'one item a line as JSON' } },
  ],
  settings: ['client'],
  async run(cli, _args, options) {
    const client = createClient(cli);
    const wanted = ['role', 'actor', 'process'].flatMap((name) => {
      const value = textOption(options, name);
      return value === null ? [] : [[name, value] as const];
    });
    const items: WorkItem[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const more = cursor === null ? {} : { cursor };
      const page = await client.work({ ...Object.fromEntries(wanted), limit: '200', ...more });
      cursor = page.next;
      pages += 1;
      if (options.json === true) for (const item of page.work) cli.print(JSON.stringify(item));
      else items.push(...page.work);
    } while (cursor !== null && (pages < MOST_PAGES || options.json === true));
    if (options.json === true) return exitCodes.ok;
    if (items.length > 0) cli.print(workText(items, cli.language, cli));
    else cli.remark({ zh: '没有等着您做的事。', en: 'Nothing waits for you.' });
    if (cursor !== null)
      cli.remark({
        zh: `以上是最先的 ${items.length} 项；后面还有。用 --role、--process 缩小范围，或用 --json 取全部。`,
        en: `These are the first ${items.length}; there is more. Narrow it down with --role or --process, or take all with --json.`,
      });
    return exitCodes.ok;
  },
};

function workText(items: readonly WorkItem[], language: Language, look: Parameters<typeof tableText>[2]): string {
  const head = {
    zh: ['截止', '等待自', '实例', '流程', '业务键', '环节', '待办'],
    en: ['due', 'since', 'instance', 'process', 'key', 'step', 'what'],
  };
  const rows = items.map((item) => {
    const { instance, title, since, due } = item;
    return [
      due === null ? '—' : timeText(due),
      timeText(since),
      instance.id,
      instance.title[language],
      instance.key ?? '—',
      title[language],
      whatText(item, language),
    ];
  });
  return tableText(head[language], rows, look);
}

function whatText({ activities, approvals, advance, enter }: WorkItem, language: Language): string {
  const say = (text: Text) => text[language];
  const done = [
    ...approvals.map(({ title }) => say({ zh: `审批：${title.zh}`, en: `approve: ${title.en}` })),
    ...activities.map(({ title }) => say(title)),
    ...(advance ? [say({ zh: '可推进', en: 'advance' })] : []),
    ...(enter ? [say({ zh: '可进入', en: 'enter' })] : []),
  ];
  return done.join(say({ zh: '；', en: '; ' })) || say({ zh: '条件未满足，见 show', en: 'its gate is shut, see show' });
}
