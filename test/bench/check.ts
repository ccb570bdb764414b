import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleaved, line, median, millis, ratio, times } from './figures.ts';

export interface CheckFigures {
  readonly file: string;
  /** Milliseconds from the start of the process to its end. */
  readonly median: number;
  readonly best: number;
  /** Of starting node and doing nothing. */
  readonly ratio: number;
}

export const checkDefaults = { runs: 9, steps: 1_000 };

const root = new URL('../..', import.meta.url).pathname;
const cli = join(root, 'dist/cli/main.js');

/** Checks the sales process and one of so many steps with the built program, in turns with an empty program. */
export async function benchCheck({ runs, steps }: typeof checkDefaults): Promise<readonly CheckFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-check-'));
  const large = join(folder, 'large.yaml');
  writeFileSync(large, largeProcess(steps));
  try {
    const results = await interleaved(runs, {
      nothing: async () => timed(['-e', '0']),
      sales: async () => timed([cli, 'check', join(root, 'processes/sales.yaml')]),
      large: async () => timed([cli, 'check', large]),
    });
    const figures = (name: string, file: string): CheckFigures => ({
      file,
      median: median(results(name)),
      best: Math.min(...results(name)),
      ratio: ratio(results(name), results('nothing')),
    });
    return [
      { file: 'node -e 0', median: median(results('nothing')), best: Math.min(...results('nothing')), ratio: 1 },
      figures('sales', 'processes/sales.yaml'),
      figures('large', `${steps.toLocaleString('en')} steps`),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timed(argv: readonly string[]): number {
  const start = performance.now();
  const { status, stdout } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  const took = performance.now() - start;
  if (status !== 0) throw new Error(`node ${argv.join(' ')} ended with ${status}: ${stdout}`);
  return took;
}

const PHASES = 20;
const FIELDS = 400;

/** A process without a problem: each step has an SLA, an activity that supplies a field, and a gate that reads it. */
export function largeProcess(steps: number): string {
  const fields = Array.from(
    { length: Math.min(steps, FIELDS) },
    (_, n) => `  f${n}: { type: integer, min: 0, max: 99 }`,
  );
  const step = (n: number): string => {
    const field = `f${n % FIELDS}`;
    const activity = `a${n}: { title: { zh: 做, en: Do }, supplies: [${field}] }`;
    return `      s${n}:
        title: { zh: 环节, en: Step }
        owner: clerk
        sla: { within: 2 days }
        activities: { ${activity} }
        exit: { enough: ${field} > ${n % 90} }
${n === steps - 1 ? '        milestone: done\n' : ''}`;
  };
  const each = Math.ceil(steps / PHASES);
  const phases = Array.from({ length: Math.ceil(steps / each) }, (_, phase) => {
    const own = Array.from({ length: Math.min(each, steps - phase * each) }, (_step, n) => step(phase * each + n));
    return `  p${phase}:\n    title: { zh: 阶段, en: Phase }\n    steps:\n${own.join('')}`;
  });
  return `process: large
title: { zh: 大流程, en: Large }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields:
${fields.join('\n')}
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
${phases.join('')}`;
}

export function printCheck(figures: readonly CheckFigures[]): void {
  for (const { file, median: middle, best, ratio: of } of figures)
    console.log(line(file, millis(middle), `best ${millis(best)}`, times(of)));
}
