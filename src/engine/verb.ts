import type { CompiledProcess } from '../compile/types.ts';
import type { InputProblem } from '../errors.ts';
import type { Json } from '../json.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { Who } from './approval-types.ts';
import type { Context } from './context.ts';
import type { Draft } from './draft.ts';
import type { JsonSchema } from './input-schema.ts';
import type { Instance, Reason, Target } from './types.ts';
import { brief } from './values.ts';

/** A command understood: its target and the input in stored form. */
export interface Parsed<Input> {
  readonly target: Target;
  readonly input: Input;
  /** What the history shall say of the command beside its own members. */
  readonly told?: Readonly<Record<string, Json>>;
}

/**
 * One command of the language. `check` is asked both when a command is decided and when actions are explained: it is
 * the one place that says what must hold. It never looks at the input, so that an action can be explained before.
 */
export interface Verb<Input> {
  readonly type: string;
  /** Members that its event may carry beside `type` and `at`. */
  readonly members: readonly string[];
  /** True: where it leads is not taken back by `recall`. */
  readonly isFinal?: true;
  /** What it could be asked of where the instance stands now, allowed or not. */
  candidates(context: Context): readonly Target[];
  title(process: CompiledProcess, target: Target): Text;
  roles(process: CompiledProcess, target: Target, instance: Instance): readonly string[];
  /** Who may, where it depends on how things stand; `roles` otherwise. */
  who?(context: Context, target: Target): Who;
  schema(context: Context, target: Target): JsonSchema;
  parse(context: Context, members: Members): Parsed<Input> | null;
  check(context: Context, target: Target): Reason;
  apply(draft: Draft, parsed: Parsed<Input>): void;
  /** An event that the engine sends after it, decided like anybody's; null: none. */
  after?(parsed: Parsed<Input>): Readonly<Record<string, string>> | null;
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

  /** A list of different ids out of a closed set, at least one; empty (and a problem) otherwise. */
  ids(name: string, known: readonly string[]): readonly string[] {
    const value = this.raw(name);
    const list = known.join(', ');
    if (!Array.isArray(value) || value.length === 0 || value.length > known.length) {
      this.problem(`/${name}`, {
        zh: `${name} 应为列表，列出 ${list || '（无）'} 中的一项或几项，不重复；收到 ${brief(value)}`,
        en: `${name} should be a list of one or more of ${list || '(none)'}, each once; found ${brief(value)}`,
      });
      return [];
    }
    const ids: string[] = [];
    for (const [i, item] of value.entries()) {
      if (typeof item === 'string' && known.includes(item) && !ids.includes(item)) {
        ids.push(item);
        continue;
      }
      const near = typeof item === 'string' && !ids.includes(item) ? suggest(item, known) : null;
      this.problem(`/${name}/${i}`, {
        zh: `应为 ${list} 之一，不重复${near ? `，是否指 ${near}？` : ''}；收到 ${brief(item)}`,
        en: `this should be one of ${list}, each once${near ? `; did you mean ${near}?` : ''}; found ${brief(item)}`,
      });
    }
    return ids;
  }

  /** A text that may be left out: null. */
  optionalText(name: string): string | null {
    return this.raw(name) === undefined ? null : this.text(name);
  }

  /** An actor's id; null (and a problem) otherwise. */
  actor(name: string): string | null {
    const value = this.raw(name);
    if (typeof value === 'string' && isActorId(value)) return value;
    this.problem(`/${name}`, {
      zh: `${name} 应为操作人的标识：1–${MAX_ACTOR} 个可见字符；收到 ${brief(value)}`,
      en: `${name} should be the id of an actor, 1–${MAX_ACTOR} visible characters; found ${brief(value)}`,
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
const MAX_TEXT = 2000;

/** Most characters of an actor's id. */
const MAX_ACTOR = 100;

/** As the keys have them: no blank in front, nothing that cannot be seen. */
function isActorId(value: string): boolean {
  return /^[^\s\p{C}][^\p{C}]*$/u.test(value) && value.length <= MAX_ACTOR;
}

export const actorSchema: JsonSchema = { type: 'string', minLength: 1, maxLength: MAX_ACTOR, pattern: '^\\S' };

export const textSchema: JsonSchema = { type: 'string', minLength: 1, maxLength: MAX_TEXT, pattern: '\\S' };

/** One reference token of an RFC 6901 JSON pointer. */
export function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 80);
}
