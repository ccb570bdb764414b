import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import type { Text } from '../text.ts';
import { type BinaryOp, binaryOps, type Method, methods, type Node, type Span } from './node.ts';
import { insteadOf, ownName, syntaxAdvice } from './syntax-messages.ts';
import type { ConditionError, ConditionFix } from './types.ts';

const MAX_CHARACTERS = 500;
const MAX_NODES = 64;
const MAX_DEPTH = 16;

const parser = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: MAX_NODES, maxDepth: MAX_DEPTH },
});

const isBinaryOp = (op: string): op is BinaryOp => binaryOps.some((known) => known === op);
const isMethod = (name: string): name is Method => methods.some((known) => known === name);

/** Text → closed grammar. Null only when nothing could be parsed; refused parts are reported and marked. */
export function parseCondition(text: string): { readonly node: Node | null; readonly errors: ConditionError[] } {
  if (text.length > MAX_CHARACTERS) return { node: null, errors: [tooLarge(text, 0)] };
  let ast: ASTNode;
  try {
    ast = parser.parse(text).ast;
  } catch (error) {
    return { node: null, errors: [parseProblem(text, error)] };
  }
  const errors: ConditionError[] = [];
  const comment = text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, (q) => ' '.repeat(q.length)).indexOf('//');
  if (comment >= 0) errors.push(forbidden({ start: comment, end: text.length }, '//'));
  return { node: convert(text, ast, errors), errors };
}

function parseProblem(text: string, error: unknown): ConditionError {
  if (!(error instanceof ParseError)) return syntaxError(text, { start: 0, end: text.length });
  if (error.code === 'limit_exceeded') return tooLarge(text, error.range?.start ?? 0);
  const start = Math.min(error.range?.start ?? 0, text.length);
  const call = text.slice(start).match(/^(?:\.\s*)?([A-Za-z]\w*)\s*\(/)?.[1];
  const end = Math.min(Math.max(error.range?.end ?? start, start), text.length);
  // A macro of the parser (has, map, …) that was given the wrong arguments: it is refused in any case.
  if (call !== undefined && error.code.includes('macro')) return forbidden({ start, end }, call);
  return syntaxError(text, { start, end });
}

function syntaxError(text: string, span: Span): ConditionError {
  const length = span.start >= text.length ? 0 : Math.max(1, span.end - span.start);
  return { code: 'condition-syntax', offset: span.start, length, ...syntaxAdvice(text, span.start) };
}

function tooLarge(text: string, offset: number): ConditionError {
  return {
    code: 'condition-too-large',
    offset,
    length: text.length - offset,
    message: {
      zh: `条件过长：最多 ${MAX_CHARACTERS} 个字符、${MAX_NODES} 个部分、${MAX_DEPTH} 层嵌套`,
      en: `The condition is too large: at most ${MAX_CHARACTERS} characters, ${MAX_NODES} parts and ${MAX_DEPTH} levels`,
    },
    remedy: {
      zh: '请拆成关口中的几个条件项（all / any）',
      en: 'Split it into several criteria of the gate (all / any)',
    },
    fix: null,
  };
}

function forbidden(
  span: Span,
  what: string,
  remedy: Text = insteadOf(what),
  fix: ConditionFix | null = null,
): ConditionError {
  return {
    code: 'condition-forbidden',
    offset: span.start,
    length: span.end - span.start,
    message: { zh: `条件中不能使用 ${what}`, en: `${what} is not allowed in a condition` },
    remedy,
    fix,
  };
}

/** Parser node → own node; the parser's ranges leave out closing parentheses of operands, so spans are made anew. */
function convert(text: string, ast: ASTNode, errors: ConditionError[]): Node {
  const inner = (part: ASTNode): Node => convert(text, part, errors);
  const own: Span = { start: ast.start, end: ast.end };
  const refuse = (span: Span, what: string, remedy?: Text, fix?: ConditionFix | null): Node => {
    errors.push(forbidden(span, what, remedy, fix));
    return { kind: 'refused', ...span };
  };
  switch (ast.op) {
    case 'value': {
      const value = typeof ast.args === 'bigint' ? Number(ast.args) : ast.args;
      const halved = typeof value === 'string' && /\p{Surrogate}/u.test(value);
      if (!halved && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) {
        return { kind: 'value', value, ...own };
      }
      return refuse(own, text.slice(own.start, own.end));
    }
    case 'id':
      return { kind: 'field', name: ast.args, ...own };
    case '!_':
    case '-_': {
      const of = inner(ast.args);
      return { kind: 'unary', op: ast.op === '!_' ? '!' : '-', of, start: own.start, end: around(text, of).end };
    }
    case '?:': {
      const [test, then, otherwise] = [inner(ast.args[0]), inner(ast.args[1]), inner(ast.args[2])];
      return { kind: 'if', test, then, otherwise, ...between(text, test, otherwise) };
    }
    case 'list':
      return { kind: 'list', items: ast.args.map(inner), ...own };
    case 'call':
      return call(text, ast.args[0], ast.args[1], own, refuse, inner);
    case 'rcall': {
      const [name, receiver, parts] = ast.args;
      const on = inner(receiver);
      const span = { start: around(text, on).start, end: own.end };
      const [argument] = parts;
      if (!isMethod(name) || argument === undefined || parts.length !== 1)
        return refuse(span, `.${name}()`, insteadOf(name));
      return { kind: 'method', name, on, argument: inner(argument), ...span };
    }
    case '.':
    case '.?':
      return refuse(own, text.slice(own.start, own.end));
    case '[]':
    case '[?]':
      return refuse(own, '[ ]');
    case 'map':
      return refuse(own, '{ }');
    default: {
      if (!isBinaryOp(ast.op)) return refuse(own, ast.op);
      const [left, right] = [inner(ast.args[0]), inner(ast.args[1])];
      return { kind: 'binary', op: ast.op, left, right, ...between(text, left, right) };
    }
  }
}

function call(
  text: string,
  name: string,
  parts: readonly ASTNode[],
  span: Span,
  refuse: (span: Span, what: string, remedy?: Text, fix?: ConditionFix | null) => Node,
  inner: (part: ASTNode) => Node,
): Node {
  const [part] = parts;
  const single = parts.length === 1 && part !== undefined;
  if (name === 'known') {
    if (single && part.op === 'id') {
      return { kind: 'known', field: { name: part.args, start: part.start, end: part.end }, ...span };
    }
    return refuse(span, text.slice(span.start, span.end), {
      zh: 'known 的括号里只写一个字段名：known(class)',
      en: 'known takes one field name: known(class)',
    });
  }
  if (name === 'count' && single) return { kind: 'count', of: inner(part), ...span };
  if (name === 'timestamp') {
    if (single && part.op === 'value' && typeof part.args === 'string') {
      return { kind: 'timestamp', text: part.args, ...span };
    }
    return refuse(span, text.slice(span.start, span.end), {
      zh: 'timestamp 的括号里写带引号的时间：timestamp("2026-03-01T00:00:00+08:00")',
      en: 'timestamp takes a time in quotes: timestamp("2026-03-01T00:00:00+08:00")',
    });
  }
  const own = single && part.op === 'id' ? ownName(name) : null;
  const fix = own === null ? null : { offset: span.start, length: name.length, text: own };
  return refuse(span, `${name}()`, insteadOf(name), fix);
}

const between = (text: string, first: Span, last: Span): Span => ({
  start: around(text, first).start,
  end: around(text, last).end,
});

/** The span of an operand with the parentheses that stand around it. */
function around(text: string, span: Span): Span {
  let { start, end } = span;
  for (;;) {
    let before = start - 1;
    let after = end;
    while (before >= 0 && /\s/.test(text.charAt(before))) before--;
    while (after < text.length && /\s/.test(text.charAt(after))) after++;
    if (text.charAt(before) !== '(' || text.charAt(after) !== ')') return { start, end };
    start = before;
    end = after + 1;
  }
}
