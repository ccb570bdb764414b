import type { VersionPage, VersionView } from '../service/types.ts';
import { isRecord } from './answer-guards.ts';

/** As in `answer-guards.ts`: what the commands read of versions. */
export function isVersion(value: unknown): value is VersionView {
  return (
    isRecord(value) &&
    typeof value.process === 'string' &&
    typeof value.version === 'number' &&
    typeof value.standing === 'string' &&
    typeof value.author === 'string' &&
    (value.instances === null || isRecord(value.instances)) &&
    Array.isArray(value.record) &&
    value.record.every((line) => isRecord(line) && typeof line.act === 'string' && typeof line.actor === 'string')
  );
}

export function isVersionPage(value: unknown): value is VersionPage {
  return (
    isRecord(value) &&
    Array.isArray(value.versions) &&
    value.versions.every(isVersion) &&
    (value.next === null || typeof value.next === 'string')
  );
}

export function isDrafted(value: unknown): value is { readonly version: VersionView } {
  return isRecord(value) && isVersion(value.version);
}
