import type { Text } from '../text.ts';

/** Which commands take a setting as a flag. */
export type SettingGroup = 'common' | 'client' | 'database' | 'files' | 'server';

/** One thing that can be configured: its default, what it may be, and a line of help. */
export interface Setting<T> {
  readonly group: SettingGroup;
  /** What holds when nothing is said; null: see the help. */
  readonly default: T;
  readonly help: Text;
  /** What a value must look like, for the message about one that does not. */
  readonly expected: Text;
  /** The value, or undefined when the text is not one. */
  readonly parse: (text: string) => T | undefined;
  /** Neither shown nor logged. */
  readonly secret?: boolean;
  /** False: by environment only. */
  readonly flag?: boolean;
}

interface Spec<T> extends Pick<Setting<T>, 'group' | 'help' | 'secret' | 'flag'> {
  readonly default: T;
}

export function whole(spec: Spec<number> & { readonly min: number; readonly max: number }): Setting<number> {
  const { min, max } = spec;
  return {
    ...spec,
    expected: { zh: `${min} 到 ${max} 的整数`, en: `a whole number from ${min} to ${max}` },
    parse(text) {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

export function oneOf<V extends string, T extends V | null = V>(values: readonly V[], spec: Spec<T>): Setting<T | V> {
  const list = values.join(', ');
  return {
    ...spec,
    expected: { zh: `${list} 之一`, en: `one of ${list}` },
    parse: (text) => values.find((value) => value.toLowerCase() === text.toLowerCase()),
  };
}

/** Some of a closed set, with commas between them. */
export function someOf<V extends string>(values: readonly V[], spec: Spec<readonly V[]>): Setting<readonly V[]> {
  const list = values.join(', ');
  return {
    ...spec,
    expected: { zh: `${list} 中的一个或多个，以逗号分隔`, en: `one or several of ${list}, with commas between them` },
    parse(text) {
      const found = text.split(',').map((word) => values.find((value) => value === word.trim()));
      return found.every((value) => value !== undefined) ? found : undefined;
    },
  };
}

/** Up to 100 words of a certain kind, with commas between them. */
export function listOf(
  spec: Spec<readonly string[]> & { readonly isItem: (item: string) => boolean; readonly expected: Text },
): Setting<readonly string[]> {
  const { isItem, ...rest } = spec;
  return {
    ...rest,
    parse(given) {
      const items = given.split(',').map((item) => item.trim());
      return items.length <= 100 && items.every(isItem) ? items : undefined;
    },
  };
}

/** A text of a certain form. */
export function text<T extends string | null>(
  spec: Spec<T> & { readonly form?: RegExp; readonly expected: Text },
): Setting<T | string> {
  const { form = /./ } = spec;
  return { ...spec, parse: (given) => (form.test(given) ? given : undefined) };
}
