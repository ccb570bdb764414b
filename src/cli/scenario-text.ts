import type { CompiledProcess } from '../compile/types.ts';
import type { EntryDraft } from '../engine/types.ts';
import type { ScenarioResult } from '../scenario/index.ts';
import type { Text } from '../text.ts';
import type { Look } from './command.ts';
import { historyText } from './history.ts';
import { wallText } from './value-text.ts';

/** Lines of the history that are shown: the latest. */
const MOST_LINES = 30;

/** What became of one scenario: one line where it passed, else what was expected and found, and the history until then. */
export function resultText(result: ScenarioResult, path: string, process: CompiledProcess, look: Look): string {
  const { paint, language } = look;
  const { name, passed, differences, heldBy, history } = result;
  if (passed) return `${paint.green('✓')} ${name}`;
  if (heldBy !== null) return `${paint.red('✗')} ${name}\n  ${heldText(heldBy)[language]}`;
  const says: readonly string[] = differences.flatMap(({ what, expected, found, place }) => [
    `  ${path}:${place.line}:${place.column}: ${paint.bold(what)}`,
    `    ${paint.green(`${words.expected[language]} ${expected[language]}`)}`,
    `    ${paint.red(`${words.found[language]} ${found[language]}`)}`,
  ]);
  const lines = historyBlock(history, process, look);
  return [
    `${paint.red('✗')} ${name}`,
    ...says,
    `  ${words.history[language]}`,
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}

const words = {
  expected: { zh: '应为', en: 'expected' },
  found: { zh: '实为', en: 'found   ' },
  history: { zh: '此前的历史：', en: 'history until then:' },
  nothing: { zh: '（没有）', en: '(nothing)' },
} as const satisfies Record<string, Text>;

/** Why a scenario was not tried. */
export function heldText(before: string): Text {
  return { zh: `没有试：它接着的“${before}”未通过`, en: `not tried: “${before}”, which it goes on after, failed` };
}

/** The history that led to it, as `phasegate history` shows one, by the clocks of the process's zone. */
function historyBlock(history: readonly EntryDraft[], process: CompiledProcess, look: Look): readonly string[] {
  if (history.length === 0) return [words.nothing[look.language]];
  const zone = process.calendars.values().next().value?.definition.zone ?? 'Asia/Shanghai';
  const shown = history.slice(-MOST_LINES);
  const table = historyText(shown, process.definition, look, (instant) => wallText(instant, zone));
  return [...(shown.length < history.length ? [`… ${history.length - shown.length}`] : []), ...table.split('\n')];
}

/** How many scenarios passed, and how long that took. */
export function summaryText(passed: number, failed: number, ms: number, { language, paint }: Look): string {
  const took = `${(ms / 1000).toFixed(2)} s`;
  const text = {
    zh: `${passed + failed} 个场景：${passed} 个通过，${failed} 个未通过（${took}）`,
    en: `${passed + failed} ${passed + failed === 1 ? 'scenario' : 'scenarios'}: ${passed} passed, ${failed} failed (${took})`,
  }[language];
  return failed === 0 ? paint.green(text) : paint.red(text);
}
