import type { VerifyResult } from '../service/types.ts';
import { createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { withDatabase } from './database.ts';
import { exitCodes } from './exit.ts';

type Page = VerifyResult & { readonly next: string | null };

export const verify: CommandSpec = {
  name: 'verify',
  summary: {
    zh: '核验历史未被改动：全部实例，或一个实例；直接读数据库，给出 --url 时经由服务',
    en: 'prove that nobody changed the record, of all instances or of one; reads the database itself, or a server with --url',
  },
  args: [{ form: '[ID]', help: { zh: '实例的编号；不给则核验全部', en: 'id of an instance; all of them without it' } }],
  options: [],
  settings: ['database', 'client'],
  async run(cli, [id], options) {
    if (textOption(options, 'url') !== null) {
      const client = createClient(cli);
      return report(cli, await allPages((cursor) => client.verify(id ?? null, cursor)));
    }
    const result = await withDatabase(cli.config, (_, service) =>
      id === undefined ? allPages((cursor) => service.verifyAll(cursor)) : service.verifyInstance(id, null),
    );
    return report(cli, result);
  },
};

async function allPages(read: (cursor: string | null) => Promise<Page>): Promise<VerifyResult> {
  let checked = 0;
  let cursor: string | null = null;
  for (;;) {
    const page: Page = await read(cursor);
    checked += page.checked;
    if (!page.ok || page.next === null) return { ok: page.ok, checked, broken: page.broken };
    cursor = page.next;
  }
}

function report({ print, language, paint }: Cli, { ok, checked, broken }: VerifyResult): number {
  const entries = {
    zh: `已核验 ${checked} 条历史记录`,
    en: `${checked} ${checked === 1 ? 'entry' : 'entries'} checked`,
  };
  if (ok || broken === null) {
    const holds = { zh: '哈希链完整', en: 'the chain holds' };
    print(`${paint.green('✓')} ${entries[language]}${{ zh: '：', en: ': ' }[language]}${holds[language]}`);
    return exitCodes.ok;
  }
  const where = {
    zh: `实例 ${broken.instance} 的第 ${broken.seq} 条记录不成立`,
    en: `entry ${broken.seq} of instance ${broken.instance} does not hold`,
  };
  print(`${paint.red('✗')} ${where[language]}\n  ${broken.why[language]}\n  ${entries[language]}`);
  return exitCodes.refused;
}
