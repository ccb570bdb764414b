import { systemClock } from '../clock.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import { ProcessError } from '../errors.ts';
import type { InstanceView } from '../service/types.ts';
import { type Client, createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { type DemoDeal, demoDeals } from './demo-deals.ts';
import type { DemoEvent } from './demo-event.ts';
import { demoEvidence } from './demo-evidence.ts';
import { exitCodes, RefusedError, UsageError } from './exit.ts';
import { tableText } from './plain-table.ts';

const PROCESS = 'sales';
/** Event times are fixed, so that the same seed gives the same deals on any day. */
const BEGIN = Date.parse('2025-09-01T01:00:00Z');
const HOUR = 3_600_000;

export const demo: CommandSpec = {
  name: 'demo',
  summary: {
    zh: '让一批示例商机走遍销售流程的各条路径（赢单、输单、退回、被拒……）',
    en: 'drive a set of sample deals through the running sales process, on every path it has',
  },
  args: [],
  options: [{ form: '--seed <N>', help: { zh: '另一批示例（默认 1）', en: 'another set of deals (default 1)' } }],
  settings: ['client'],
  async run(cli, _, options) {
    const deals = demoDeals(seedOption(textOption(options, 'seed') ?? '1'));
    const client = createClient(cli);
    const definition = await client.definition(PROCESS, null);
    await refuseSecondTime(client, deals);
    await produceEvidence(client);
    const played: Played[] = [];
    for (const [i, deal] of deals.entries()) played.push(await play(client, deal, BEGIN + i * 24 * HOUR));
    cli.print(dealsText(played, definition, cli));
    const surprises = played.flatMap((deal) => deal.surprises);
    for (const surprise of surprises) cli.io.err(`${cli.paint.red('✗')} ${surprise}\n`);
    if (surprises.length > 0) {
      cli.remark({
        zh: '服务上的销售流程与随附的不同，上述步骤没有按预期进行',
        en: 'the sales process of this server is not the shipped one: the steps above went another way',
      });
    }
    cli.print(nextText(played, cli));
    return surprises.length === 0 ? exitCodes.ok : exitCodes.refused;
  },
};

function seedOption(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError({
    zh: `--seed 应为 0 到 999999 的整数；收到 ${text}`,
    en: `--seed should be a whole number from 0 to 999999; found ${text}`,
  });
}

async function refuseSecondTime(client: Client, deals: readonly DemoDeal[]): Promise<void> {
  const key = deals[0]?.key ?? '';
  const { instances } = await client.list({ process: PROCESS, key, limit: '1' });
  if (instances.length === 0) return;
  throw new ProcessError('key-in-use', {
    zh: `这一批示例（${key} 等）已经在服务上；用 --seed 2 可再装入一批`,
    en: `these sample deals (${key} and so on) are on the server already; --seed 2 makes others`,
  });
}

/** The deals rest on evidence of two short processes: what is not valid today is produced first. */
async function produceEvidence(client: Client): Promise<void> {
  const [year, month] = systemClock.now().split('-');
  const quarter = `${year}-Q${Math.ceil(Number(month) / 3)}`;
  for (const { process, evidence, fields, events } of demoEvidence(quarter)) {
    const { evidence: found } = await client.evidence({ process, evidence, state: 'valid', limit: '1' });
    if (found.length > 0) continue;
    const { instance } = await client.start({ process, fields });
    for (const { body } of events) await client.send(instance.id, body);
  }
}

interface Played {
  readonly deal: DemoDeal;
  readonly instance: InstanceView;
  readonly accepted: number;
  readonly refused: number;
  /** What went another way than the story says. */
  readonly surprises: readonly string[];
}

async function play(client: Client, deal: DemoDeal, begin: number): Promise<Played> {
  const at = (hours: number) => new Date(begin + hours * HOUR).toISOString();
  const started = await client.start({ process: PROCESS, key: deal.key, at: at(0) });
  const { id } = started.instance;
  let { instance } = started;
  let refused = 0;
  const surprises: string[] = [];
  for (const [i, { body, refused: expected }] of deal.events.entries()) {
    const answer = await attempt(client, id, { ...body, at: at(5 * (i + 1)) });
    if (answer.ok) instance = answer.instance;
    else refused += 1;
    const found = answer.ok ? null : answer.code;
    if (found !== expected) surprises.push(surprise(deal, body, expected, found));
  }
  return { deal, instance, accepted: deal.events.length - refused, refused, surprises };
}

type Answer = { readonly ok: true; readonly instance: InstanceView } | { readonly ok: false; readonly code: string };

async function attempt(client: Client, id: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
  try {
    return { ok: true, instance: (await client.send(id, body)).instance };
  } catch (error) {
    if (error instanceof RefusedError) return { ok: false, code: error.problem.code ?? 'internal' };
    throw error;
  }
}

function surprise({ key }: DemoDeal, body: DemoEvent['body'], expected: string | null, found: string | null): string {
  return `${key}  ${JSON.stringify(body)}: ${expected ?? 'accepted'} → ${found ?? 'accepted'}`;
}

function dealsText(played: readonly Played[], definition: ProcessDefinition, cli: Cli): string {
  const { language } = cli;
  const head = {
    zh: ['业务键', '客户', '经过', '结果', '环节', '✓', '✗'],
    en: ['key', 'customer', 'story', 'outcome', 'step', '✓', '✗'],
  }[language];
  const rows = played.map(({ deal, instance, accepted, refused }) => {
    const outcome = definition.outcomes.find(({ id }) => id === instance.outcome)?.title[language] ?? '—';
    const steps = instance.position.map(({ step }) => step).join(' + ') || { zh: '已结束', en: 'closed' }[language];
    return [deal.key, deal.customer.name, deal.story[language], outcome, steps, accepted, refused];
  });
  return tableText(head, rows, cli);
}

function nextText(played: readonly Played[], { language }: Cli): string {
  const idOf = (key: string) => played.find(({ deal }) => deal.key.endsWith(key))?.instance.id ?? 'ID';
  const words = {
    zh: [
      '接下来可以看',
      '走到底的一单的全部历史',
      '它启动了什么：客户维护',
      '关口为什么关着',
      '等着销售代表做的事',
      '核验记录未被改动',
      '流程图',
    ],
    en: [
      'To look at next',
      'everything that happened to a deal that was won',
      'what it has started: account care',
      'why a gate is shut',
      'what waits for the sales representatives',
      'prove that nobody changed the record',
      'the process as a picture',
    ],
  }[language];
  const lines = [
    [`phasegate history ${idOf('-01')}`, words[1]],
    [`phasegate show ${idOf('-01')}`, words[2]],
    [`phasegate show ${idOf('-05')}`, words[3]],
    ['phasegate work --role rep', words[4]],
    ['phasegate verify', words[5]],
    ['phasegate graph sales --out sales.svg', words[6]],
  ];
  const width = Math.max(...lines.map(([command = '']) => command.length));
  return ['', `${words[0]}:`, ...lines.map(([command = '', what]) => `  ${command.padEnd(width)}  # ${what}`)].join(
    '\n',
  );
}
