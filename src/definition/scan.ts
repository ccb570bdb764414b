import { CST, Lexer } from 'yaml';
import type { Advice, ReportAt } from './report.ts';
import type { Span } from './source.ts';

/** A text that may be parsed, and where the values begin that were refused (already reported). */
export interface Scanned {
  /** As long as the file; anchors, aliases and tags are painted over. */
  readonly text: string;
  readonly refused: ReadonlySet<number>;
}

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 64;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)|\p{Surrogate}/gu;

/**
 * One linear pass before the parser, which deep nesting would kill beyond the reach of any catch. It walks the tokens
 * of the parser's own lexer, so both read quotes, comments and block texts alike. Null: the file must not be parsed.
 */
export function scan(text: string, report: ReportAt): Scanned | null {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_BYTES) {
    report('file-too-large', { start: 0, end: 0 }, '', {
      message: {
        zh: `文件有 ${bytes} 字节，最多 ${MAX_BYTES}`,
        en: `The file has ${bytes} bytes; at most ${MAX_BYTES} are read`,
      },
      remedy: { zh: '请拆成几个文件', en: 'Split it into several files' },
    });
    return null;
  }
  if (!scanCharacters(text, report)) return null;
  const spans = scanTokens(text, report);
  if (spans === null || spans.length === 0) return spans && { text, refused: new Set() };
  const painted = paintOver(text, spans);
  // Painting may make brackets of what was quoted, so the new text is scanned like any other.
  return scanTokens(painted.text, () => undefined)?.length === 0 ? painted : null;
}

function scanCharacters(text: string, report: ReportAt): boolean {
  let sound = true;
  for (const match of text.matchAll(CONTROL)) {
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    report('control-character', { start: match.index, end: match.index + 1 }, '', {
      message: { zh: `这里有控制字符 U+${code}`, en: `There is a control character U+${code} here` },
      remedy: { zh: '请删除它', en: 'Delete it' },
    });
    sound = false;
  }
  return sound;
}

/** The anchors, aliases and tags; null when there is what no parser should see. */
function scanTokens(text: string, report: ReportAt): readonly Span[] | null {
  let sound = true;
  const spans: Span[] = [];
  let offset = 0;
  let lineStart = 0;
  let flow = 0;
  // `[a: b: c: …]` nests without a bracket.
  let pairs = 0;
  // Columns of the block elements that are open: what a new line's column does not leave stays open.
  let columns: number[] = [];
  let isContent = false;
  for (const token of new Lexer().lex(text)) {
    const start = offset;
    const type: CST.TokenType = isContent ? 'scalar' : (CST.tokenType(token) ?? 'scalar');
    if (!isContent && (type === 'doc-mode' || type === 'flow-error-end' || type === 'scalar')) {
      isContent = type === 'scalar';
      continue;
    }
    isContent = false;
    offset += token.length;
    const refuse = (code: Parameters<ReportAt>[0], advice: Advice): void => {
      report(code, { start, end: start + token.length }, '', advice);
      if (type === 'anchor' || type === 'alias' || type === 'tag') spans.push({ start, end: start + token.length });
      else sound = false;
    };
    if (type === 'newline' || token.includes('\n')) lineStart = start + token.lastIndexOf('\n') + 1;
    if (type === 'newline' || type === 'space' || type === 'comment' || type === 'byte-order-mark') continue;
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow++;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') flow = Math.max(0, flow - 1);
    if (type === 'comma' || type.startsWith('flow-')) pairs = 0;
    else if (flow > 0 && (type === 'map-value-ind' || type === 'explicit-key-ind')) pairs++;
    if (type === 'doc-start' || type === 'doc-end') refuse('document-marker', markerAdvice(token));
    else if (type === 'directive-line') refuse('directive', directiveAdvice);
    else if (type === 'anchor' || type === 'alias' || type === 'tag')
      refuse(type, nodeAdvice(type, token, restOf(text, start)));
    if (flow === 0) {
      const column = start - Math.min(start, lineStart);
      columns = columns.filter((open) => open < column);
      columns.push(column);
    }
    if (columns.length + flow + pairs > MAX_DEPTH) {
      report('nested-too-deep', { start, end: start + token.length }, '', depthAdvice);
      return null;
    }
  }
  return sound ? spans : null;
}

/** Leaves a word where nothing else is left of a value, blanks elsewhere; what stays of the value is refused with it. */
function paintOver(text: string, spans: readonly Span[]): Scanned {
  const refused = new Set<number>();
  let [painted, done] = ['', 0];
  for (const { start, end } of spans) {
    const left = text.slice(end).match(/^[ \t]*/)?.[0].length ?? 0;
    const isAll = /^($|[\r\n,\]}#])/.test(text.slice(end + left, end + left + 1));
    painted += text.slice(done, start) + (isAll ? 'x' : ' ').repeat(end - start);
    done = end;
    refused.add(isAll ? start : end + left);
  }
  return { text: painted + text.slice(done), refused };
}

/** The rest of the line, as far as it may be one unquoted text. */
function restOf(text: string, start: number): string {
  return (
    text
      .slice(start, start + 200)
      .match(/^[^\n,[\]{}#]*/)?.[0]
      .trim() ?? ''
  );
}

const depthAdvice: Advice = {
  message: { zh: `嵌套超过 ${MAX_DEPTH} 层`, en: `The nesting is deeper than ${MAX_DEPTH} levels` },
  remedy: { zh: '请检查是否多写了括号或缩进', en: 'Look for brackets or indentation too many' },
};

const directiveAdvice: Advice = {
  message: { zh: '文件不能含有 YAML 指令', en: 'The file may not hold a YAML directive' },
  remedy: {
    zh: '请删除这一行；文本以 % 开头时请加引号',
    en: 'Delete the line; put a text that starts with % in quotes',
  },
};

function markerAdvice(token: string): Advice {
  return {
    message: { zh: `这里有文档标记 ${token}`, en: `There is a document marker ${token} here` },
    remedy: { zh: '请删除这一行；每个文件只有一份内容', en: 'Delete the line; each file holds one thing' },
  };
}

function nodeAdvice(type: 'anchor' | 'alias' | 'tag', token: string, rest: string): Advice {
  const names = {
    anchor: { zh: '锚点', en: 'an anchor' },
    alias: { zh: '引用', en: 'an alias' },
    tag: { zh: '标签', en: 'a tag' },
  };
  const quoted = rest.includes('"') ? `'${rest}'` : `"${rest}"`;
  return {
    message: {
      zh: `以 ${token.charAt(0)} 开头，YAML 会读成${names[type].zh} ${token}`,
      en: `YAML reads ${token}, which starts with ${token.charAt(0)}, as ${names[type].en}`,
    },
    remedy: {
      zh: `如果这是条件或文本，请整条加引号：${quoted}`,
      en: `If it is a condition or a text, put all of it in quotes: ${quoted}`,
    },
  };
}
