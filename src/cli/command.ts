import type { Colors } from 'picocolors/types.js';
import type { Language, Text } from '../text.ts';
import type { Config, Given } from './config.ts';
import type { Io } from './io.ts';
import type { SettingGroup } from './setting.ts';

/** What a command works with. */
export interface Cli {
  readonly io: Io;
  readonly config: Config;
  readonly language: Language;
  readonly paint: Colors;
  /** One line (or block) of the result. */
  print(text: string): void;
  /** A remark beside the result. */
  remark(text: Text): void;
}

/** How what is printed looks. */
export type Look = Pick<Cli, 'language' | 'paint'>;

/** One command: its words, which settings it takes as flags, and what it does. */
export interface CommandSpec {
  /** `check`, or `keys create` for one of a family. */
  readonly name: string;
  readonly summary: Text;
  /** In commander's form: `<PATH...>` is required, `[ID]` is not. */
  readonly args: readonly { readonly form: string; readonly help: Text }[];
  /** In commander's form: `--json`, `--out <FILE>`; one that may be given `many` times comes as a list. */
  readonly options: readonly { readonly form: string; readonly help: Text; readonly many?: boolean }[];
  readonly settings: readonly SettingGroup[];
  /** The exit code. `args` has as many items as were given. */
  readonly run: (cli: Cli, args: readonly string[], options: Given) => Promise<number>;
}

/** The text of an option, or null when it was not given. */
export function textOption(options: Given, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

/** The texts of an option that may be given several times. */
export function listOption(options: Given, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.map(String) : [];
}
