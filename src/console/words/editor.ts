import type { DefinitionFix, Text } from '../api.ts';
import { language } from '../language.ts';

/** What the editor of process files says, beside what the language itself says. */
export const editorWords = {
  required: { zh: '必写', en: 'required' },
  keys: {
    zh: 'Ctrl+空格：可以写什么；Tab：缩进；Esc 再按 Tab：离开编辑区；Ctrl+F：查找。',
    en: 'Ctrl+Space: what can be written; Tab: indent; Esc, then Tab: leave the editor; Ctrl+F: search.',
  },
  live: { zh: '流程图（随编辑更新）', en: 'Map, as you type' },
  before: {
    zh: '文件现在有错误，图中是上一次没有错误时的流程。',
    en: 'The file has errors: this is the process as it was without.',
  },
  noMap: { zh: '改正错误后，这里显示流程图。', en: 'The map is shown once there are no errors.' },
  tooLarge: { zh: '流程太大，无法画图。', en: 'The process is too large to be drawn.' },
  kept: { zh: '上次离开时有未保存的修改', en: 'Changes were not saved when this was left' },
  restore: { zh: '恢复这些修改', en: 'Restore them' },
  discard: { zh: '丢弃', en: 'Discard them' },
  leave: {
    zh: '修改还没有存为草稿。确定离开？（这个标签页会暂时保留它们）',
    en: 'Your changes are not kept as a draft. Leave? (This tab remembers them for a while.)',
  },
} as const;

export function declaredIn(line: number): Text {
  return { zh: `声明在第 ${line} 行`, en: `Declared in line ${line}` };
}

/** What a fix does, in a word or two. */
export function fixLabel(file: string, { line, column, length, text }: DefinitionFix): string {
  const before =
    file
      .split('\n', line)
      .at(-1)
      ?.slice(column - 1, column - 1 + length) ?? '';
  const [old, written] = [short(before), short(text)];
  const isChinese = language.value === 'zh';
  if (text === '') return isChinese ? `删除 ${old}` : `Delete ${old}`;
  if (length === 0) return isChinese ? `加上 ${written}` : `Add ${written}`;
  return isChinese ? `改为 ${written}` : `Change to ${written}`;
}

function short(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ').replace(/,$/, '');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
