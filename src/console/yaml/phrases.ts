import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Language } from '../language.ts';

/** What CodeMirror itself says, in Chinese. */
const chinese: Readonly<Record<string, string>> = {
  // Search
  Find: '查找',
  Replace: '替换为',
  next: '下一个',
  previous: '上一个',
  all: '全选',
  'match case': '区分大小写',
  regexp: '正则表达式',
  'by word': '全词匹配',
  replace: '替换',
  'replace all': '全部替换',
  close: '关闭',
  'current match': '当前匹配',
  'on line': '行号',
  'replaced match on line $': '已替换第 $ 行的匹配',
  'replaced $ matches': '已替换 $ 处',
  'Go to line': '跳到行',
  go: '跳转',
  // Folding
  'Folded lines': '已折叠的行',
  'Unfolded lines': '已展开的行',
  'Fold line': '折叠',
  'Unfold line': '展开',
  'folded code': '已折叠的内容',
  unfold: '展开',
  to: '至',
  // Problems, completion and the rest
  Diagnostics: '问题',
  'No diagnostics': '没有问题',
  Completions: '可以写的内容',
  'Control character': '控制字符',
  'Selection deleted': '已删除所选内容',
};

/** The editor's own words in a language, and what it is called in it. */
export function wordsIn(language: Language, label: string, help: string): Extension {
  return [
    EditorState.phrases.of(language === 'zh' ? chinese : {}),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-description': help, lang: language }),
  ];
}
