import type { VersionPage, VersionView } from '../service/types.ts';
import { createClient } from './client.ts';
import type { CommandSpec } from './command.ts';
import { exitCodes } from './exit.ts';
import { versionsText } from './version-text.ts';

export const versions: CommandSpec = {
  name: 'versions',
  summary: {
    zh: '列出流程的版本：谁、何时、为何，各有多少实例',
    en: 'list the versions of a process: who, when, why, and how many instances are on each',
  },
  args: [{ form: '<PROCESS>', help: { zh: '流程的 id', en: 'id of the process' } }],
  options: [
    { form: '--drafts', help: { zh: '只列出草稿', en: 'drafts alone' } },
    {
      form: '--json',
      help: { zh: '每行一条 JSON 输出（含全部记录）', en: 'one line of JSON each, with its whole record' },
    },
  ],
  settings: ['client'],
  async run(cli, [process = ''], options) {
    const client = createClient(cli);
    const found: VersionView[] = [];
    let cursor: string | null = null;
    do {
      const page: VersionPage = await client.versions(process, options.drafts === true, cursor);
      found.push(...page.versions);
      cursor = page.next;
    } while (cursor !== null);
    if (options.json === true) for (const version of found) cli.print(JSON.stringify(version));
    else cli.print(found.length === 0 ? none[cli.language] : versionsText(found, cli));
    return exitCodes.ok;
  },
};

const none = { zh: '没有草稿', en: 'There are no drafts' };
