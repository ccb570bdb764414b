import { join } from 'node:path';
import { suggest } from '../suggest.ts';
import type { Language, Text } from '../text.ts';
import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

type Values = { readonly [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never };

/** The whole configuration, validated. `data` and `db` say the same thing twice: `db` is the one that counts. */
export type Config = Omit<Values, 'lang' | 'db'> & { readonly lang: Language; readonly db: string };

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Text[] };

/** Values by name; what is undefined or blank counts as not given. */
export type Given = Readonly<Record<string, unknown>>;

const PREFIX = 'PHASEGATE_';
/** Names that the project's own tools use beside the product. */
const TOOLS = /^PHASEGATE_(TEST|BENCH|FAULTS)_/;

/** `dbClient` → `PHASEGATE_DB_CLIENT`. */
export function variableOf(name: string): string {
  return PREFIX + name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
}

/** `dbClient` → `--db-client`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, '-$&').toLowerCase()}`;
}

/**
 * The configuration out of an environment and the flags of a command (which win), or everything that is wrong with
 * them. Pure. Messages never repeat a secret.
 */
export function readConfig(env: Given, flags: Given): ConfigResult {
  const problems: Text[] = [...unknownVariables(env)];

  function take<T>(name: string, setting: Setting<T>): T {
    const flag = setting.flag === false ? undefined : normal(flags[name]);
    const given = flag ?? normal(env[variableOf(name)]);
    if (given === undefined) return setting.default;
    const value = setting.parse(given);
    if (value !== undefined) return value;
    const where = flag === undefined ? variableOf(name) : flagOf(name);
    const shown = setting.secret ? { zh: '（密钥不显示）', en: '(a secret, not shown)' } : { zh: given, en: given };
    problems.push({
      zh: `${where} 应为${setting.expected.zh}；收到 ${shown.zh}`,
      en: `${where} should be ${setting.expected.en}; found ${shown.en}`,
    });
    return setting.default;
  }

  const values = takeAll<Values>(settings, take);
  if (values.pageDefault > values.pageMax) {
    problems.push({
      zh: `PHASEGATE_PAGE_DEFAULT 不应大于 PHASEGATE_PAGE_MAX；收到 ${values.pageDefault} 与 ${values.pageMax}`,
      en: `PHASEGATE_PAGE_DEFAULT should be at most PHASEGATE_PAGE_MAX; found ${values.pageDefault} and ${values.pageMax}`,
    });
  }
  const token = [values.jwtIssuer, values.jwtAudience, values.jwtJwks];
  // One that was given and refused is not missing too.
  if (problems.length === 0 && token.includes(null) && token.some((value) => value !== null)) {
    problems.push({
      zh: 'PHASEGATE_JWT_ISSUER、PHASEGATE_JWT_AUDIENCE、PHASEGATE_JWT_JWKS 须同时给出，或都不给出',
      en: 'PHASEGATE_JWT_ISSUER, PHASEGATE_JWT_AUDIENCE and PHASEGATE_JWT_JWKS want to be given together, or none of them',
    });
  }
  if (problems.length > 0) return { ok: false, problems };
  const db = values.db ?? `sqlite:${join(values.data, 'phasegate.db')}`;
  return { ok: true, config: { ...values, db, lang: values.lang ?? languageOf(env, flags) } };
}

/** The language to speak, also when the configuration is wrong: `--lang`, `PHASEGATE_LANG`, the locale, else English. */
export function languageOf(env: Given, flags: Given): Language {
  for (const given of [flags.lang, env.PHASEGATE_LANG]) {
    const value = normal(given)?.toLowerCase();
    if (value === 'zh' || value === 'en') return value;
  }
  const locale = normal(env.LC_ALL) ?? normal(env.LC_MESSAGES) ?? normal(env.LANG) ?? '';
  return /^zh\b|^zh_/i.test(locale) ? 'zh' : 'en';
}

function takeAll<T extends object>(
  all: { readonly [K in keyof T]: Setting<T[K]> },
  take: <V>(name: string, setting: Setting<V>) => V,
): T {
  const values: Partial<T> = {};
  for (const name in all) values[name] = take(name, all[name]);
  // Every key of T has just been taken.
  return values as T;
}

function normal(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return value.trim();
}

function unknownVariables(env: Given): readonly Text[] {
  const known = Object.keys(settings).map(variableOf);
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !TOOLS.test(name) && !known.includes(name) && env[name] !== undefined)
    .sort()
    .map((name) => {
      const near = suggest(name, known);
      return {
        zh: `环境变量 ${name} 不是已知的设置${near === null ? '' : `（是否指 ${near}？）`}；全部设置见 phasegate serve --help`,
        en: `the environment variable ${name} is no setting${near === null ? '' : `; did you mean ${near}?`} See phasegate serve --help for all of them`,
      };
    });
}
