import { ProcessError } from '../errors.ts';
import { readText } from './body.ts';
import type { Exchange } from './exchange.ts';
import { requireMediaType } from './headers.ts';
import { parseJson } from './json-body.ts';
import type { ApiLimits } from './limits.ts';

const JSON_TYPES = ['application/json'];

/** The body as one JSON object. Throws `unsupported-media-type`, `too-large`, `malformed-request`, `malformed-json`. */
export async function readObject(
  { req, world }: Exchange,
  { jsonBytes, jsonDepth }: Pick<ApiLimits, 'jsonBytes' | 'jsonDepth'> = world.limits,
): Promise<Record<string, unknown>> {
  requireMediaType(req, JSON_TYPES);
  const text = await readText(req, jsonBytes, world.limits.drainBytes);
  const value = parseJson(text, jsonDepth);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new ProcessError(
    'malformed-json',
    {
      zh: '请求体应为一个 JSON 对象，例如 {"type": "advance"}。',
      en: 'The body must be one JSON object, e.g. {"type": "advance"}.',
    },
    { line: 1, column: 1, pointer: '' },
  );
}
