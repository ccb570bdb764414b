import { type Document, isMap, isScalar, isSeq, type ParsedNode, parseDocument, type YAMLError } from 'yaml';
import type { FileKind } from './file-kind.ts';
import type { Mark, Outline } from './outline.ts';
import { type Advice, MAX_PROBLEMS, type ReportAt } from './report.ts';
import type { Scanned } from './scan.ts';
import type { Span } from './source.ts';
import { mendLine, syntaxMessage, syntaxRemedy } from './yaml-messages.ts';

/** Above every limit of the schema; what compares members with each other stays cheap. */
const MAX_MEMBERS = 1000;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNSTORABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\p{Surrogate}/u;

/** Scanned text → the nodes of its one value; null when it is no well-formed YAML or nothing, which is then reported. */
export function parseNodes(text: string, kind: FileKind, report: ReportAt): ParsedNode | null {
  let document: Document.Parsed;
  // Equal keys are found below: the parser's own search takes seconds on a map with thousands of keys, and so does
  // the pretty form of its errors.
  try {
    document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      strict: true,
      uniqueKeys: false,
      prettyErrors: false,
    });
  } catch {
    report('yaml-syntax', { start: 0, end: 0 }, '', {
      message: syntaxMessage('IMPOSSIBLE', 'it cannot be read'),
      remedy: syntaxRemedy('IMPOSSIBLE', ''),
    });
    return null;
  }
  // One line may have more mistakes than are told, and is read for each.
  for (const error of document.errors.slice(0, MAX_PROBLEMS)) reportYaml(error, text, report);
  if (document.errors.length > 0) return null;
  const { contents } = document;
  if (contents !== null && !(isScalar(contents) && contents.value === null)) return contents;
  report('file-empty', { start: 0, end: 0 }, '', {
    message: { zh: '文件是空的', en: 'The file is empty' },
    remedy: kind.begin,
  });
  return null;
}

/** Scanned text → plain data with places; null when there is none, which is then reported. */
export function readDocument({ text, refused }: Scanned, kind: FileKind, report: ReportAt): Outline | null {
  const contents = parseNodes(text, kind, report);
  if (contents === null) return null;
  const marks = new Map<string, Mark>();
  const dropped = new Set<string>();
  const value = collect(contents, '', null, { marks, refused, dropped, report });
  return { value, marks, dropped };
}

function reportYaml(error: YAMLError, text: string, report: ReportAt): void {
  const [start, end] = error.pos;
  const span = { start: Math.min(start, text.length), end: Math.min(Math.max(end, start), text.length) };
  const from = text.lastIndexOf('\n', span.start - 1) + 1;
  const line = text.slice(from, text.indexOf('\n', from) < 0 ? text.length : text.indexOf('\n', from));
  report('yaml-syntax', span, '', {
    message: syntaxMessage(error.code, error.message),
    remedy: syntaxRemedy(error.code, line),
    fix: mendLine(error.code, line, from),
  });
}

/** The members of a map or list, as many as are read of one. */
function limited<T>(node: { readonly items: readonly T[] }, pointer: string, at: Span, scope: Scope): readonly T[] {
  if (node.items.length <= MAX_MEMBERS) return node.items;
  scope.dropped.add(pointer);
  scope.report('out-of-bounds', { start: at.start, end: at.start + 1 }, pointer, {
    message: {
      zh: `这里有 ${node.items.length} 项，最多 ${MAX_MEMBERS}`,
      en: `There are ${node.items.length} entries here; at most ${MAX_MEMBERS} are read`,
    },
    remedy: { zh: '请减少', en: 'Write fewer' },
  });
  return node.items.slice(0, MAX_MEMBERS);
}

interface Scope {
  readonly marks: Map<string, Mark>;
  readonly refused: ReadonlySet<number>;
  readonly dropped: Set<string>;
  readonly report: ReportAt;
}

function collect(node: ParsedNode | null, pointer: string, key: Span | null, scope: Scope): unknown {
  const { marks, refused, dropped, report } = scope;
  const at = spanOf(node, key);
  if (refused.has(at.start)) dropped.add(pointer);
  if (isMap<ParsedNode, ParsedNode | null>(node)) {
    const result: Record<string, unknown> = {};
    const keys: string[] = [];
    marks.set(pointer, { key, value: { start: at.start, end: at.start + (key === null ? 1 : 0) }, keys });
    for (const pair of limited(node, pointer, at, scope)) {
      const own = spanOf(pair.key, null);
      const name = isScalar(pair.key) && pair.key.value !== null ? String(pair.key.value) : null;
      const inner = `${pointer}/${(name ?? '').replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (name === null || !allowedKey(name, own, inner, report)) {
        dropped.add(inner);
        continue;
      }
      if (Object.hasOwn(result, name)) {
        report('duplicate-key', own, inner, duplicateAdvice(name));
        dropped.add(inner);
        continue;
      }
      keys.push(name);
      result[name] = collect(pair.value, inner, own, scope);
    }
    return result;
  }
  if (isSeq<ParsedNode | null>(node)) {
    marks.set(pointer, { key, value: { start: at.start, end: at.start + (key === null ? 1 : 0) }, keys: [] });
    return limited(node, pointer, at, scope).map((item, index) => collect(item, `${pointer}/${index}`, null, scope));
  }
  marks.set(pointer, { key, value: at, keys: [] });
  const value: unknown = isScalar(node) ? node.value : null;
  if (typeof value === 'string' && UNSTORABLE.test(value)) {
    report('control-character', at, pointer, {
      message: { zh: '文本中含有控制字符', en: 'The text holds a control character' },
      remedy: { zh: '请删除 \\u 等转义写法', en: 'Delete the escape (\\u…, \\0) that makes it' },
    });
  }
  return value;
}

function duplicateAdvice(name: string): Advice {
  return {
    message: { zh: `键 ${name} 在这里又写了一次`, en: `The key ${name} is written a second time here` },
    remedy: { zh: '请删除其中一个，或改名', en: 'Delete one of the two, or rename it' },
  };
}

function allowedKey(name: string, span: Span, pointer: string, report: ReportAt): boolean {
  if (name === '<<') {
    report('merge-key', span, pointer, {
      message: { zh: '不能使用合并键 <<', en: 'The merge key << is not allowed' },
      remedy: { zh: '请把内容直接写出来', en: 'Write out what it would merge' },
    });
    return false;
  }
  if (!FORBIDDEN.has(name)) return true;
  report('forbidden-key', span, pointer, {
    message: { zh: `${name} 不能作为键名`, en: `${name} cannot be used as a key` },
    remedy: { zh: '请换一个名称', en: 'Use another name' },
  });
  return false;
}

function spanOf(node: ParsedNode | null, fallback: Span | null): Span {
  if (node === null) return { start: fallback?.end ?? 0, end: fallback?.end ?? 0 };
  const [start, end] = node.range;
  return { start, end };
}
