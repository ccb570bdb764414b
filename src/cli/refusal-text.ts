import type { Colors } from 'picocolors/types.js';
import type { Missing, PossibleAction, Read, Reason } from '../engine/types.ts';
import { errorCodes, type ProcessError } from '../errors.ts';
import type { Language } from '../text.ts';
import { isInputProblem, isMissing, isPossible, isReason } from './answer-guards.ts';
import type { ProblemDocument } from './exit.ts';
import { valueText } from './value-text.ts';

/** The same shape as the API's, for a problem of our own database or files. */
export function problemOf(error: ProcessError, language: Language): ProblemDocument {
  const { errors, ...extra } = error.extra;
  return {
    code: error.code,
    title: errorCodes[error.code].title[language],
    detail: error.detail[language],
    errors: Array.isArray(errors) ? errors.filter(isInputProblem) : [],
    extra,
  };
}

/** A refusal for people: what, why as a tree, what is missing and who has it, what is possible instead. */
export function problemLines(problem: ProblemDocument, language: Language, paint: Colors): readonly string[] {
  const { code, title, detail, errors, extra } = problem;
  const words = {
    zh: { missing: '还缺：', possible: '现在可做：' },
    en: { missing: 'missing:', possible: 'possible now:' },
  }[language];
  const lines = [
    `${paint.red('✗')} ${paint.bold(title)}${code === null ? '' : paint.dim(` (${code})`)}`,
    `  ${detail}`,
  ];
  for (const { pointer, message } of errors.filter((error) => error.message[language] !== detail))
    lines.push(`  ${paint.red('✗')} ${pointer}  ${message[language]}`);
  if (isReason(extra.reasons)) lines.push(...reasonLines(extra.reasons, language, paint, '  '));
  const missing = listOf(extra.missing, isMissing);
  if (missing.length > 0) {
    lines.push('', `  ${words.missing}`, ...missing.map((thing) => `    · ${missingText(thing, language)}`));
  }
  const possible = listOf(extra.possible, isPossible);
  if (possible.length > 0) {
    lines.push('', `  ${words.possible}`, ...possible.map((action) => `    · ${actionText(action, language)}`));
  }
  return lines;
}

function listOf<T>(value: unknown, is: (item: unknown) => item is T): readonly T[] {
  return Array.isArray(value) ? value.filter(is) : [];
}

/** The criteria of a tree, one a line; what is met is not opened further. */
export function reasonLines(reason: Reason, language: Language, paint: Colors, indent: string): readonly string[] {
  if (reason.kind === 'all' && reason.id === undefined) {
    return (reason.of ?? []).flatMap((child) => reasonLines(child, language, paint, indent));
  }
  const marks = { met: paint.green('✓'), 'not-met': paint.red('✗'), unknown: paint.yellow('?') };
  const name = reason.id ?? reason.text ?? kindText(reason);
  const say = reason.say?.[language];
  const reads = (reason.reads ?? []).map((read) => readText(read, language)).join(', ');
  const { overridden } = reason;
  const line = [
    `${indent}${marks[reason.verdict]} ${name}`,
    ...(say === undefined ? [] : [say]),
    ...(overridden === undefined ? [] : [paint.yellow(overriddenText(overridden, language))]),
    ...(reads === '' || reason.verdict === 'met' ? [] : [paint.dim(reads)]),
  ].join('  ');
  if (reason.verdict === 'met') return [line];
  const leaf = reason.id !== undefined && reason.text !== undefined && (reason.of ?? []).length === 0;
  return [
    line,
    ...(leaf ? [paint.dim(`${indent}    ${reason.text}`)] : []),
    ...(reason.of ?? []).flatMap((child) => reasonLines(child, language, paint, `${indent}    `)),
  ];
}

function overriddenText({ by, reason }: NonNullable<Reason['overridden']>, language: Language): string {
  return { zh: `（${by} 强制通过：${reason}）`, en: `(overridden by ${by}: ${reason})` }[language];
}

function kindText({ kind, n }: Reason): string {
  return kind === 'at-least' ? `at-least ${n ?? 1}` : kind;
}

function readText({ field, value, by }: Read, language: Language): string {
  if (value === null) return `${field}: ${{ zh: '未知', en: 'unknown' }[language]}`;
  return `${field} = ${valueText(value)}${by === null ? '' : ` (${by})`}`;
}

function missingText({ kind, id, title, activities, roles, actors = [] }: Missing, language: Language): string {
  const words = {
    zh: { field: '字段', value: '值', activity: '细则', approval: '审批', child: '子流程', evidence: '证据' },
    en: {
      field: 'field',
      value: 'value',
      activity: 'activity',
      approval: 'approval',
      child: 'child',
      evidence: 'evidence',
    },
  }[language];
  const from = kind === 'activity' || activities.length === 0 ? '' : ` ← ${activities.join(', ')}`;
  return `${words[kind]} ${id}  ${title[language]}${from}${whoText([...roles, ...actors])}`;
}

/** `complete screen  Complete: …  [marketing]` */
export function actionText(action: PossibleAction, language: Language): string {
  const { type, step, activity, to, outcome, approval, child, from, title, roles, actors = [] } = action;
  const target = [step, activity, to, outcome, approval, child, from].filter((part) => part !== undefined).join(' → ');
  return `${`${type} ${target}`.trim()}  ${title[language]}${whoText([...roles, ...actors])}`;
}

function whoText(names: readonly string[]): string {
  return names.length === 0 ? '' : `  [${names.join(', ')}]`;
}
