import type { Choices, PlannedInstance } from '../service/types.ts';
import { pairsOf, readCandidate } from './candidate.ts';
import { type Client, createClient } from './client.ts';
import { type CommandSpec, listOption, textOption } from './command.ts';
import type { Given } from './config.ts';
import { exitCodes, UsageError } from './exit.ts';
import { splitPairs } from './name-value.ts';
import { writeOutput } from './output-file.ts';
import { writePlanned } from './plan-csv.ts';
import { readPlanFile } from './plan-file.ts';
import { plannedText, planText } from './plan-text.ts';

const KINDS = ['keep', 'auto', 'ask', 'blocked'];

export const plan: CommandSpec = {
  name: 'plan',
  summary: {
    zh: '新版本会对每个进行中的实例做什么；什么也不改变',
    en: 'what a version would do to every open instance; changes nothing',
  },
  args: [
    {
      form: '<FILE>',
      help: { zh: '流程文件，或已发布的版本 PROCESS@N', en: 'process file, or a published version PROCESS@N' },
    },
  ],
  options: [
    {
      form: '--move <OLD=NEW>',
      many: true,
      help: {
        zh: '停在环节 OLD 的实例转到 NEW，可多次',
        en: 'instances in the step OLD go on with NEW; may be repeated',
      },
    },
    {
      form: '--keep <ID>',
      many: true,
      help: { zh: '这个实例保留原版本，可多次', en: 'this instance stays on its version; may be repeated' },
    },
    {
      form: '--only <ID>',
      many: true,
      help: { zh: '只转这些实例，可多次', en: 'only these instances go over; may be repeated' },
    },
    { form: '--with <PLAN>', help: { zh: '沿用一份计划中的决定', en: 'the decisions of a plan that was made before' } },
    {
      form: '--kind <KIND>',
      help: { zh: `逐个列出：${KINDS.join('、')}`, en: `list these one by one: ${KINDS.join(', ')}` },
    },
    { form: '--each', help: { zh: '逐个列出全部', en: 'list all of them one by one' } },
    { form: '--out <PLAN>', help: { zh: '把计划写到文件，供 apply 使用', en: 'write the plan to a file, for apply' } },
    { form: '--csv <FILE>', help: { zh: '把逐个的结果写成 CSV', en: 'write them one by one as CSV' } },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
  ],
  settings: ['client'],
  async run(cli, [file = ''], options) {
    const kind = textOption(options, 'kind');
    if (kind !== null && !KINDS.includes(kind)) {
      throw new UsageError({
        zh: `--kind 应为 ${KINDS.join('、')} 之一；收到 ${kind}`,
        en: `--kind should be one of ${KINDS.join(', ')}; found ${kind}`,
      });
    }
    const candidate = readCandidate(cli, file);
    if (candidate === null) return exitCodes.refused;
    const client = createClient(cli);
    const body = { ...candidate.body, ...choicesOf(options) };
    const answer = await client.plan(candidate.process, body);
    const csv = textOption(options, 'csv');
    const listed = kind !== null || options.each === true || csv !== null;
    const instances = listed
      ? await everyPage(client, candidate.process, { ...body, ...(kind !== null && { kind }) })
      : null;
    if (options.json === true)
      cli.print(JSON.stringify({ ...answer, ...(instances !== null && { instances }) }, null, 2));
    else {
      const shown = instances !== null && (kind !== null || options.each === true);
      cli.print([planText(answer, file, cli), ...(shown ? [plannedText(instances, cli)] : [])].join('\n\n'));
    }
    if (csv !== null) writePlanned(csv, instances ?? [], cli.language);
    const out = textOption(options, 'out');
    if (out !== null) writeOutput(out, `${JSON.stringify(answer.plan, null, 2)}\n`);
    return exitCodes.ok;
  },
};

function choicesOf(options: Given): Choices {
  const path = textOption(options, 'with');
  const before = path === null ? null : readPlanFile(path);
  const only = listOption(options, 'only');
  const kept = listOption(options, 'keep').map((id) => [id, 'keep'] as const);
  return {
    moves: { ...before?.moves, ...pairsOf(splitPairs(listOption(options, 'move'))) },
    instances: { ...before?.instances, ...Object.fromEntries(kept) },
    only: only.length > 0 ? only : (before?.only ?? null),
  };
}

async function everyPage(
  client: Client,
  process: string,
  body: Readonly<Record<string, unknown>>,
): Promise<readonly PlannedInstance[]> {
  const found: PlannedInstance[] = [];
  let cursor: string | null = null;
  do {
    const page = await client.planned(process, { ...body, cursor, limit: 200 });
    found.push(...page.instances);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}
