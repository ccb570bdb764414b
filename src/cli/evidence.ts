import type { EvidencePage, EvidenceView, RestingPage, RestingView } from '../service/types.ts';
import { type Client, createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { exitCodes, UsageError } from './exit.ts';
import { tableText } from './plain-table.ts';

export const evidence: CommandSpec = {
  name: 'evidence',
  summary: {
    zh: '列出证据及其有效期；给出 流程/证据 则列出依据它的实例',
    en: 'list evidence and until when it is valid; with PROCESS/EVIDENCE, the instances that rest on it',
  },
  args: [
    {
      form: '[PROCESS/EVIDENCE]',
      help: {
        zh: '例如 quarterly-market-review/market-review',
        en: 'e.g. quarterly-market-review/market-review',
      },
    },
  ],
  options: [
    { form: '--state <STATE>', help: { zh: '只列出 valid 或 expired 的', en: 'only what is valid, or expired' } },
    { form: '--json', help: { zh: '每行一条 JSON 输出', en: 'one line of JSON each' } },
  ],
  settings: ['client'],
  async run(cli, [name], options) {
    const client = createClient(cli);
    const lines =
      name === undefined
        ? await listed(client, textOption(options, 'state'))
        : await resting(client, name, textOption(options, 'state'));
    if (options.json === true) for (const line of lines) cli.print(JSON.stringify(line));
    else
      cli.print(
        tableText(
          heads[name === undefined ? 'listed' : 'resting'][cli.language],
          lines.map((line) => rowOf(line, cli)),
          cli,
        ),
      );
    return exitCodes.ok;
  },
};

const heads = {
  listed: {
    zh: ['证据', '范围', '有效期', '状态', '实例'],
    en: ['evidence', 'scope', 'valid', 'state', 'instance'],
  },
  resting: {
    zh: ['实例', '业务键', '环节', '细则', '满足', '范围'],
    en: ['instance', 'key', 'step', 'activities', 'met', 'scope'],
  },
} as const;

async function listed(client: Client, state: string | null): Promise<readonly EvidenceView[]> {
  const found: EvidenceView[] = [];
  let cursor: string | null = null;
  do {
    const page: EvidencePage = await client.evidence({ limit: '200', ...asked({ state, cursor }) });
    found.push(...page.evidence);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

async function resting(client: Client, name: string, state: string | null): Promise<readonly RestingView[]> {
  const [process, id] = name.split('/');
  if (process === undefined || id === undefined || state !== null) {
    throw new UsageError({
      zh: `应为 流程/证据，不带 --state；收到 ${name}`,
      en: `expected PROCESS/EVIDENCE, without --state; found ${name}`,
    });
  }
  const found: RestingView[] = [];
  let cursor: string | null = null;
  do {
    const page: RestingPage = await client.resting(process, id, { limit: '200', ...asked({ cursor }) });
    found.push(...page.instances);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

/** Query parameters that were given. */
function asked(given: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

const states = { valid: '有效', expired: '已过期', upcoming: '未生效', withdrawn: '已收回' } as const;

function rowOf(line: EvidenceView | RestingView, { language, paint }: Cli): readonly string[] {
  if ('met' in line) {
    const { instance, activities, met } = line;
    return [
      instance.id,
      instance.key ?? '—',
      [...new Set(activities.map(({ step }) => step))].join(' + '),
      activities.map(({ activity }) => activity).join(', '),
      met ? paint.green('✓') : paint.red('✗'),
      [...new Set(activities.map(({ scope }) => scopeText(scope)))].join('; '),
    ];
  }
  const { process, evidence: id, scope, validFrom, validTo, state, instance } = line;
  return [
    `${process}/${id}`,
    scopeText(scope),
    `${validFrom} – ${validTo}`,
    language === 'zh' ? states[state] : state,
    instance,
  ];
}

function scopeText(scope: EvidenceView['scope']): string {
  return Object.entries(scope)
    .map(([field, value]) => `${field}=${String(value)}`)
    .join(' ');
}
