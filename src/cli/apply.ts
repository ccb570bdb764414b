import type { PlanRun } from '../service/types.ts';
import { createClient } from './client.ts';
import type { Cli, CommandSpec } from './command.ts';
import { exitCodes } from './exit.ts';
import { readPlanFile } from './plan-file.ts';
import { runText } from './plan-text.ts';

const file = {
  form: '<PLAN>',
  help: { zh: 'phasegate plan --out 写出的计划', en: 'a plan as phasegate plan --out wrote it' },
};
const json = { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } };

export const apply: CommandSpec = {
  name: 'apply',
  summary: {
    zh: '按计划把进行中的实例转到新版本；中断后可再次执行',
    en: 'take open instances over as a plan says; may be run again after it was broken off',
  },
  args: [file],
  options: [
    {
      form: '--leave-moved',
      help: { zh: '制定计划后有变化的实例保持不动', en: 'leave instances that have changed since the plan was made' },
    },
    json,
  ],
  settings: ['client'],
  async run(cli, [path = ''], options) {
    const plan = readPlanFile(path);
    const client = createClient(cli);
    const leavesMoved = options.leaveMoved === true;
    const moved = leavesMoved ? 'leave' : 'refuse';
    const runs = await everyRun(cli, (cursor) => client.apply(plan.process, { plan, moved, cursor }));
    cli.print(options.json === true ? JSON.stringify(runs, null, 2) : runText(runs, false, cli));
    const isShort = runs.some(({ counts }) => (counts.moved ?? 0) > 0);
    return isShort && !leavesMoved ? exitCodes.refused : exitCodes.ok;
  },
};

export const revert: CommandSpec = {
  name: 'revert',
  summary: {
    zh: '撤回一个计划：之后没有变化的实例回到原版本',
    en: 'take a plan back: instances that nothing has happened to since return to their versions',
  },
  args: [file],
  options: [json],
  settings: ['client'],
  async run(cli, [path = ''], options) {
    const { process, digest } = readPlanFile(path);
    const client = createClient(cli);
    const runs = await everyRun(cli, (cursor) => client.revert(process, { plan: digest, cursor }));
    cli.print(options.json === true ? JSON.stringify(runs, null, 2) : runText(runs, true, cli));
    return runs.some(({ left }) => left.length > 0) ? exitCodes.refused : exitCodes.ok;
  },
};

async function everyRun(cli: Cli, call: (cursor: string | null) => Promise<PlanRun>): Promise<readonly PlanRun[]> {
  const runs: PlanRun[] = [];
  let cursor: string | null = null;
  let done = 0;
  do {
    const run = await call(cursor);
    runs.push(run);
    done += run.done;
    cursor = run.next;
    if (cursor !== null) cli.remark({ zh: `已转 ${done} 个……`, en: `${done} so far …` });
  } while (cursor !== null);
  return runs;
}
