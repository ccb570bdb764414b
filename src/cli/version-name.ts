import { UsageError } from './exit.ts';

const NAME = /^([a-z][a-z0-9-]{0,63})(?:@([1-9]\d{0,8}))?$/;

/** `sales@4` → process and version; `sales` → version null; null: it is no such name. */
export function parseVersionName(text: string): { readonly process: string; readonly version: number | null } | null {
  const [, process, version] = NAME.exec(text) ?? [];
  if (process === undefined) return null;
  return { process, version: version === undefined ? null : Number(version) };
}

/** `PROCESS@N`. Throws `UsageError` for anything else. */
export function versionNamed(text: string): { readonly process: string; readonly version: number } {
  const { process = null, version = null } = parseVersionName(text) ?? {};
  if (process !== null && version !== null) return { process, version };
  throw new UsageError({
    zh: `应为 流程@版本号，例如 sales@4；收到 ${text}`,
    en: `a version is written PROCESS@N, e.g. sales@4; found ${text}`,
  });
}
