import type { Beside } from '../definition/check.ts';
import { readNodes, readProcess } from '../definition/index.ts';
import type { Problem } from '../definition/problem.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import { type Change, changed } from './change.ts';
import { lineStart, type Tree } from './layout.ts';
import { type Operation, readOperations } from './operations.ts';
import { isSame, type Plain, read } from './plain.ts';
import { add, move, remove, rename } from './rearrange.ts';
import { refusal, Unwritable } from './refuse.ts';
import { setWords } from './set-words.ts';
import { splice } from './splice.ts';
import { writeChange } from './write-change.ts';

export interface Edited {
  /** The file after all operations. */
  readonly yaml: string;
  /** What is to be said of it. */
  readonly problems: readonly Problem[];
  /** What it defines; null: it has errors, so that the edit is refused. */
  readonly definition: ProcessDefinition | null;
}

/** Most characters that one edit goes through, over all its operations: it takes bounded time. */
const MOST_WORK = 3_000_000;

/**
 * A process file after some operations (data from outside), of which `pointer` is the place in a request. Only lines
 * that an operation is about are touched. Throws `invalid-input` where one cannot be carried out.
 */
export function editProcess(
  text: string,
  name: string,
  given: unknown,
  pointer: string,
  beside: Partial<Beside> = {},
): Edited {
  const operations = readOperations(given, pointer);
  if (text.length * operations.length > MOST_WORK) {
    throw refusal(pointer, {
      zh: `文件有 ${text.length} 个字符，一次最多 ${Math.floor(MOST_WORK / text.length)} 个操作；收到 ${operations.length} 个。请分几次`,
      en: `a file of ${text.length} characters takes at most ${Math.floor(MOST_WORK / text.length)} operations at a time; found ${operations.length}. Do it in several edits`,
    });
  }
  let tree = treeOf(text);
  const began = tree === null ? null : read(tree.root);
  let yaml = text;
  for (const [n, operation] of operations.entries()) {
    if (tree === null) break;
    ({ text: yaml, tree } = carryOut(tree, operation, `${pointer}/${n}`, began));
  }
  return { yaml, ...readProcess(yaml, name, beside) };
}

function treeOf(text: string): Tree | null {
  const root = readNodes(text);
  return root && { text, root, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** The text and, unless it is no YAML any more (a value held a control character), its tree. */
function carryOut(
  tree: Tree,
  operation: Operation,
  pointer: string,
  began: Plain,
): { readonly text: string; readonly tree: Tree | null } {
  const file = read(tree.root);
  const changes = changesOf(file, operation, pointer, began);
  try {
    const text = splice(
      tree.text,
      changes.flatMap((change) => writeChange(tree, change)),
    );
    const edited = treeOf(text);
    const wanted = changes.reduce(changed, file);
    if (edited !== null && !isSame(read(edited.root), wanted)) throw new Unwritable(0);
    return { text, tree: edited };
  } catch (error) {
    if (error instanceof Unwritable) throw unwritable(tree, error, pointer);
    throw error;
  }
}

function changesOf(file: Plain, operation: Operation, pointer: string, began: Plain): readonly Change[] {
  switch (operation.op) {
    case 'rename':
      return rename(file, operation, pointer, began);
    case 'add':
      return add(file, operation, pointer);
    case 'move':
      return move(file, operation, pointer);
    case 'remove':
      return remove(file, operation, pointer);
    default:
      return setWords(file, operation, pointer);
  }
}

function unwritable({ text }: Tree, { offset }: Unwritable, pointer: string) {
  const line = text.slice(0, lineStart(text, offset)).split('\n').length;
  return refusal(pointer, {
    zh: `第 ${line} 行附近的写法（例如括号内的注释）无法由程序改动而不伤及其他内容；请手工修改`,
    en: `what stands around line ${line} (a remark inside brackets, perhaps) cannot be changed by program without harm to the rest; edit it by hand`,
  });
}
