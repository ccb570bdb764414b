import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Theme } from '../theme.ts';

const wordsIn = (comment: string, name: string, value: string) =>
  HighlightStyle.define([
    { tag: [tags.comment, tags.meta], color: comment },
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: name },
    { tag: [tags.string, tags.content, tags.number, tags.bool, tags.keyword], color: value },
  ]);

const words = {
  light: wordsIn('#5b6472', '#0b5f8a', '#1f2933'),
  dark: wordsIn('#a3adba', '#8fd0f5', '#e4e9ef'),
};

const letters = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

const rules = {
  '&': { height: '100%', fontSize: '13px', color: 'var(--pico-color)', backgroundColor: 'var(--raised)' },
  '&.cm-focused': { outline: '2px solid var(--pico-primary)', outlineOffset: '-2px' },
  '.cm-gutters': { color: 'var(--calm)', backgroundColor: 'var(--ground)', borderColor: 'var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-content': { caretColor: 'var(--pico-color)' },
  '.cm-cursor': { borderLeftColor: 'var(--pico-color)' },
  '.cm-scroller': { fontFamily: letters, overflow: 'auto' },
  '.cm-tooltip, .cm-panels': {
    color: 'var(--pico-color)',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    fontFamily: 'var(--pico-font-family)',
  },
  '.cm-tooltip': { borderRadius: '6px', boxShadow: '0 4px 16px rgb(0 0 0 / 18%)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: letters, fontSize: '13px', maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', display: 'flex', gap: '0.6em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--pico-primary-inverse)',
    backgroundColor: 'var(--pico-primary-background)',
  },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    paddingLeft: '1em',
    fontStyle: 'normal',
    fontFamily: 'var(--pico-font-family)',
    color: 'var(--calm)',
  },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 10px', maxWidth: '22em', fontSize: '13px', lineHeight: '1.5' },
  '.meaning': { padding: '8px 10px', maxWidth: '28em', fontSize: '13px', lineHeight: '1.5' },
  '.meaning p': { margin: '0 0 4px' },
  '.meaning p:last-child': { margin: '0' },
  '.meaning code': { fontFamily: letters, fontSize: '12px', color: 'var(--calm)' },
  '.meaning button, .cm-diagnosticAction': {
    font: 'inherit',
    padding: '1px 8px',
    color: 'var(--pico-primary)',
    backgroundColor: 'transparent',
    border: '1px solid currentColor',
    borderRadius: '4px',
    cursor: 'pointer',
  },
  '.cm-diagnostic': { padding: '6px 10px', whiteSpace: 'pre-wrap', maxWidth: '34em', lineHeight: '1.5' },
  '.cm-diagnosticSource': { opacity: '1', color: 'var(--calm)' },
  '.cm-foldPlaceholder': { color: 'var(--calm)', backgroundColor: 'var(--ground)', borderColor: 'var(--line)' },
  '.cm-textfield': { color: 'inherit', backgroundColor: 'var(--ground)', borderColor: 'var(--line)' },
  '.cm-button': {
    color: 'inherit',
    backgroundImage: 'none',
    backgroundColor: 'var(--ground)',
    border: '1px solid var(--line)',
    borderRadius: '4px',
  },
  '.cm-panel.cm-search': { fontSize: '14px', '& input, & button, & label': { fontSize: '85%' } },
  '.cm-snippetField': { backgroundColor: 'color-mix(in srgb, var(--pico-primary) 18%, transparent)' },
};

/** How the editor looks in a light; its colours are the page's. */
export function lookIn(theme: Theme): Extension {
  return [EditorView.theme(rules, { dark: theme === 'dark' }), syntaxHighlighting(words[theme])];
}
