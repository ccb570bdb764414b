import { systemClock } from '../clock.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import { ProcessError } from '../errors.ts';
import type { Language, Text } from '../text.ts';
import { type Client, createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { playBulk } from './demo-bulk.ts';
import { BEGIN, beginOf, dated, daysMoved } from './demo-dates.ts';
import { type DemoDeal, demoDeals } from './demo-deals.ts';
import { demoEvidence } from './demo-evidence.ts';
import { demoFairs } from './demo-fairs.ts';
import { type ClientOf, type Played, play } from './demo-play.ts';
import { exitCodes, RefusedError, UsageError } from './exit.ts';
import { tableText } from './plain-table.ts';

const PROCESS = 'sales';
const FAIRS = 'trade-fair';
/** Who plans the sample fairs, where the key may act for others. */
const PLANNER = 'anna';

export const demo: CommandSpec = {
  name: 'demo',
  summary: {
    zh: '让一批示例商机走遍销售流程的各条路径（赢单、输单、退回、被拒……），再让几场展会走遍参展流程',
    en: 'drive sample deals through the running sales process on every path it has, and fairs through that of trade fairs',
  },
  args: [],
  options: [
    { form: '--seed <N>', help: { zh: '另一批示例（默认 1）', en: 'another set of deals (default 1)' } },
    {
      form: '--begin <DATE>',
      help: {
        zh: '第一单开始的日期（默认：使其止于最近几天）',
        en: 'the day on which the first begins (default: so that they end in these days)',
      },
    },
  ],
  settings: ['client'],
  async run(cli, _, options) {
    const seed = seedOption(textOption(options, 'seed') ?? '1');
    const moved = daysMoved(textOption(options, 'begin'), systemClock.now());
    const deals = demoDeals(seed);
    const client = createClient(cli);
    const definitions = { deals: await client.definition(PROCESS, null), fairs: await client.definition(FAIRS, null) };
    await refuseSecondTime(client, deals);
    await produceEvidence(client);

    const played: Told[] = [];
    for (const [i, { key, customer, story, events: written }] of deals.entries()) {
      const events = written.map((event) => dated(event, moved));
      const happened = await play(() => client, { process: PROCESS, key, as: null, events }, beginOf(i, moved));
      played.push({ ...happened, key, name: customer.name, story });
    }
    cli.print(playedText(played, definitions.deals, { zh: '客户', en: 'customer' }, cli));
    const { fairs, leftOut } = await playFairs(cli, client, seed, moved);
    cli.print(`\n${playedText(fairs, definitions.fairs, { zh: '展会', en: 'fair' }, cli)}`);
    if (leftOut > 0) {
      cli.remark({
        zh: `密钥不能代他人操作：须由几个人操作的 ${leftOut} 场展会已略去，其余展会都由密钥的持有人一人完成。可用 npx phasegate keys create demo --role admin --act-for-others 新建一个，再以 --seed 2 运行`,
        en: `this key may not act for others: fairs that take several people are left out (${leftOut}), and all else is done by its holder alone. npx phasegate keys create demo --role admin --act-for-others makes one that may; run it with --seed 2 then`,
      });
    }
    const all = [...played, ...fairs];
    const bulk = await playBulk(
      client,
      all.map(({ instance }) => instance.id),
    );
    cli.print(
      {
        zh: `\n一次批量调用在 ${bulk.accepted} 个实例中各写一条备注，事先试运行过`,
        en: `\none bulk call has put a note into each of ${bulk.accepted} instances, rehearsed by a dry run before`,
      }[cli.language],
    );
    const surprises = [...all, bulk].flatMap((told) => told.surprises);
    for (const surprise of surprises) cli.io.err(`${cli.paint.red('✗')} ${surprise}\n`);
    if (surprises.length > 0) {
      cli.remark({
        zh: '服务上的流程与随附的不同，上述步骤没有按预期进行',
        en: 'the processes of this server are not the shipped ones: the steps above went another way',
      });
    }
    cli.print(nextText(all, cli));
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

interface Told extends Played {
  readonly key: string;
  readonly name: string;
  readonly story: Text;
}

/** Each person's events are theirs where the key may act for others. Where it may not, all is done by its holder. */
async function playFairs(
  cli: Cli,
  client: Client,
  seed: number,
  moved: number,
): Promise<{ readonly fairs: readonly Told[]; readonly leftOut: number }> {
  const people = await mayActForOthers(cli);
  const clients = new Map<string, Client>();
  const clientOf: ClientOf = (as) => {
    if (as === null || !people) return client;
    const person = clients.get(as) ?? createClient(cli, as);
    clients.set(as, person);
    return person;
  };
  const known = demoFairs(seed, BEGIN);
  const playable = known.filter((fair) => people || !fair.people);
  const fairs: Told[] = [];
  for (const [i, { key, fair, story, events: written }] of playable.entries()) {
    const events = written.map((event) => dated(event, moved));
    const happened = await play(clientOf, { process: FAIRS, key, as: PLANNER, events }, beginOf(i, moved));
    fairs.push({ ...happened, key, name: fair.name, story });
  }
  return { fairs, leftOut: known.length - playable.length };
}

async function mayActForOthers(cli: Cli): Promise<boolean> {
  try {
    await createClient(cli, PLANNER).list({ process: FAIRS, limit: '1' });
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.problem.code === 'acting-refused') return false;
    throw error;
  }
}

function playedText(played: readonly Told[], definition: ProcessDefinition, name: Text, cli: Cli): string {
  const { language } = cli;
  const head = {
    zh: ['业务键', name.zh, '经过', '结果', '环节', '✓', '✗'],
    en: ['key', name.en, 'story', 'outcome', 'step', '✓', '✗'],
  }[language];
  const rows = played.map((told) => {
    const outcome = definition.outcomes.find(({ id }) => id === told.instance.outcome)?.title[language] ?? '—';
    const steps = standing(told.instance, language);
    return [told.key, told.name, told.story[language], outcome, steps, told.accepted, told.refused];
  });
  return tableText(head, rows, cli);
}

/** `calls + mails`; steps that wait to be entered in parentheses, where none is open. */
function standing({ status, position, waiting }: Told['instance'], language: Language): string {
  if (status === 'closed') return { zh: '已结束', en: 'closed' }[language];
  const names = (places: typeof position) => places.map(({ step }) => step).join(' + ');
  return names(position) || `(${names(waiting)})`;
}

function nextText(played: readonly Told[], { language }: Cli): string {
  const idOf = (kind: 'DEMO' | 'FAIR', number: string) =>
    played.find(({ key }) => key.startsWith(kind) && key.endsWith(number))?.instance.id ?? 'ID';
  const words = {
    zh: [
      '接下来可以看',
      '走到底的一单的全部历史',
      '它启动了什么：客户维护',
      '关口为什么关着',
      '展会：新市场的回顾作为子流程进行中',
      '展会：审批等着谁',
      '等着销售代表做的事',
      '核验记录未被改动',
      '流程图',
    ],
    en: [
      'To look at next',
      'everything that happened to a deal that was won',
      'what it has started: account care',
      'why a gate is shut',
      'a fair that waits for the review of a new market',
      'a fair, and whom its approval waits for',
      'what waits for the sales representatives',
      'prove that nobody changed the record',
      'the process as a picture',
    ],
  }[language];
  const lines = [
    [`npx phasegate history ${idOf('DEMO', '-01')}`, words[1]],
    [`npx phasegate show ${idOf('DEMO', '-01')}`, words[2]],
    [`npx phasegate show ${idOf('DEMO', '-05')}`, words[3]],
    [`npx phasegate show ${idOf('FAIR', '-05')}`, words[4]],
    [`npx phasegate show ${idOf('FAIR', '-08')}`, words[5]],
    ['npx phasegate work --role rep', words[6]],
    ['npx phasegate verify', words[7]],
    ['npx phasegate graph sales --out sales.svg', words[8]],
  ];
  const width = Math.max(...lines.map(([command = '']) => command.length));
  return ['', `${words[0]}:`, ...lines.map(([command = '', what]) => `  ${command.padEnd(width)}  # ${what}`)].join(
    '\n',
  );
}
