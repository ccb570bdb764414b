import type { CompiledProcess } from '../compile/types.ts';
import type { InputProblem } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { Context } from './context.ts';
import type { Draft } from './draft.ts';
import type { JsonSchema } from './input-schema.ts';
import type { Reason } from './types.ts';
import { brief } from './values.ts';

/** What a command is about. */
export interface Target {
  readonly step?: string;
  readonly activity?: string;
  readonly to?: string;
  readonly outcome?: string;
}

/** A command understood: its target and the input in stored form. */
export interface Parsed<Input> {
  readonly target: Target;
  readonly input: Input;
}

/**
 * One command of the language. `check` is asked both when a command is decided and when actions are explained: it is
 * the one place that says what must hold. It never looks at the input, so that an action can be explained before.
 */
export interface Verb<Input> {
  readonly type: string;
  /** Members that its event may carry beside `type` and `at`. */
  readonly members: readonly string[];
  /** What it could be asked of where the instance stands now, allowed or not. */
  candidates(context: Context): readonly Target[];
  title(process: CompiledProcess, target: Target): Text;
  roles(process: CompiledProcess, target: Target): readonly string[];
  schema(context: Context, target: Target): JsonSchema;
  parse(context: Context, members: Members): Parsed<Input> | null;
  check(context: Context, target: Target): Reason;
  apply(draft: Draft, parsed: Parsed<Input>): void;
}

/** Reads an event's members one by one and collects everything that is wrong with them. */
export class Members {
  readonly problems: InputProblem[] = [];
  readonly #input: Readonly<Record<string, unknown>>;

  /** `known` are read here; `told` are all that the body may have, for whoever wrote another. */
  constructor(input: Readonly<Record<string, unknown>>, known: readonly string[], told: readonly string[]) {
    this.#input = input;
    for (const name of Object.keys(input)) {
      if (known.includes(name)) continue;
      const near = suggest(name, told);
      const list = told.join(', ');
      this.problem(`/${pointerPart(name)}`, {
        zh: `不认识的成员 ${brief(name)}${near ? `，是否指 ${near}？` : '；'}可用：${list}`,
        en: `unknown member ${brief(name)}${near ? `; did you mean ${near}?` : ';'} known are ${list}`,
      });
    }
  }

  problem(pointer: string, message: Text): void {
    this.problems.push({ pointer, message });
  }

  raw(name: string): unknown {
    return Object.hasOwn(this.#input, name) ? this.#input[name] : undefined;
  }

  /** An id out of a closed set; null (and a problem) when it is missing or not in it. */
  id(name: string, known: Iterable<string>, required = true): string | null {
    const value = this.raw(name);
    if (value === undefined && !required) return null;
    const list = [...known];
    if (typeof value === 'string' && list.includes(value)) return value;
    const near = typeof value === 'string' ? suggest(value, list) : null;
    const shown = list.length > 30 ? `${list.slice(0, 30).join(', ')}, …` : list.join(', ');
    this.problem(`/${name}`, {
      zh: `${name} 应为 ${shown || '（无）'} 之一${near ? `，是否指 ${near}？` : ''}；收到 ${brief(value)}`,
      en: `${name} should be one of ${shown || '(none)'}${near ? `, did you mean ${near}?` : ''}; found ${brief(value)}`,
    });
    return null;
  }

  /** A text of 1–2,000 characters; null (and a problem) otherwise. */
  text(name: string): string | null {
    const value = this.raw(name);
    if (typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT && !value.includes('\0'))
      return value;
    this.problem(`/${name}`, {
      zh: `${name} 应为 1–${MAX_TEXT} 个字符的文本，不含 NUL；收到 ${brief(value)}`,
      en: `${name} should be a text of 1–${MAX_TEXT} characters without NUL; found ${brief(value)}`,
    });
    return null;
  }

  /** An object, member by member; empty (and a problem) when it is something else. */
  object(name: string): Readonly<Record<string, unknown>> {
    const value = this.raw(name);
    if (value === undefined) return {};
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    this.problem(`/${name}`, {
      zh: `${name} 应为对象 {字段: 值}；收到 ${brief(value)}`,
      en: `${name} should be an object {field: value}; found ${brief(value)}`,
    });
    return {};
  }
}

/** Most characters of a reason or a note. */
export const MAX_TEXT = 2000;

export const textSchema: JsonSchema = { type: 'string', minLength: 1, maxLength: MAX_TEXT, pattern: '\\S' };

/** One reference token of an RFC 6901 JSON pointer. */
export function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 80);
}
