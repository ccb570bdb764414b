import type { Language } from '../text.ts';
import type { Problem } from './problem.ts';

const severities = {
  error: { zh: '错误', en: 'error' },
  warning: { zh: '提醒', en: 'warning' },
  hint: { zh: '建议', en: 'hint' },
} as const;

/** Most columns of a line that are shown around the offending word. */
const WIDTH = 120;

/** A problem for a terminal: place, what is wrong, the line with a caret under the word, what to do. No trailing newline. */
export function formatProblem(problem: Problem, source: string, language: Language): string {
  const { file, line, column, length, severity, code, message, remedy } = problem;
  const place = `${file}:${line}:${column}: ${severities[severity][language]} ${code}: ${message[language]}`;
  const text = source.split('\n', line)[line - 1]?.replace(/\r$/, '') ?? '';
  const from = Math.max(0, column - 1 - WIDTH / 2);
  const shown = text.slice(from, from + WIDTH);
  const before = text.slice(from, column - 1);
  const word = text.slice(column - 1, Math.min(column - 1 + length, from + WIDTH));
  const gutter = `${line} | `;
  const caret = `${' '.repeat(gutter.length - 2)}| ${blank(before, ' ')}${blank(word, '^') || '^'}`;
  return [place, `  ${gutter}${shown}`, `  ${caret}`, `  → ${remedy[language]}`].join('\n');
}

/** As wide as the text in a terminal: Chinese characters take two columns. */
function blank(text: string, char: string): string {
  return [...text]
    .map((c) =>
      char.repeat(
        /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1,
      ),
    )
    .join('');
}
