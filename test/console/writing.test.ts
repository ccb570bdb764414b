import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { candidatesAt } from '../../src/console/yaml/candidates.ts';
import { meaningAt } from '../../src/console/yaml/meaning.ts';
import { type Part, pathOf, readOutline } from '../../src/console/yaml/outline.ts';
import { spotAt } from '../../src/console/yaml/spot.ts';
import { readNodes } from '../../src/definition/index.ts';
import { makeGuide } from '../../src/guide/index.ts';

const guide = makeGuide();
const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

/** A text with the cursor at `|`. */
function at(marked: string): { readonly text: string; readonly offset: number; readonly root: Part } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, offset, root: readOutline(text) };
}

/** The labels of what could be written at the cursor. */
function offered(marked: string): readonly string[] {
  const { text, offset, root } = at(marked);
  const found = candidatesAt(guide, text, root, offset, { calendar: ['china', 'germany'] });
  return found?.all.map(({ label }) => label) ?? [];
}

describe('the outline of a file', () => {
  it('has the paths that YAML reads, of the whole sales process', () => {
    const paths = (node: unknown, path: readonly unknown[]): readonly string[] => {
      const { items } = Object(node);
      if (!Array.isArray(items)) return [path.join('/')];
      return [
        path.join('/'),
        ...items.flatMap((item, n) =>
          'key' in item && 'value' in item && !('items' in item)
            ? paths(item.value, [...path, item.key.value])
            : paths(item, [...path, n]),
        ),
      ];
    };
    const own = (part: Part): readonly string[] => [pathOf(part).join('/'), ...part.children.flatMap(own)];
    expect(own(readOutline(sales))).toEqual(paths(readNodes(sales), []));
  });

  it('ends somewhere, whatever is cut off', () => {
    for (let end = 0; end < sales.length; end += 307) {
      const text = sales.slice(0, end);
      expect(() => spotAt(text, readOutline(text), end)).not.toThrow();
    }
  });

  it.each([
    ['a line of braces', '{ a: '.repeat(50_000)],
    ['a long list in one line', `policy: [${'a, '.repeat(60_000)}`],
    ['many dashes', '- '.repeat(50_000)],
    ['brackets that close nothing', 'a: }}}]]]{[}]'],
    ['a quote that nobody closes', 'title: { zh: "a, en: b }\nsubject: deal'],
  ])('is read in no time, be it %s', (_, text) => {
    const begun = performance.now();
    const root = readOutline(text);
    for (let at = 0; at < text.length; at += Math.ceil(text.length / 20)) spotAt(text, root, at);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('what could be written', () => {
  it.each([
    ['the top of a file', 'process: a\n|', ['title', 'subject', 'roles']],
    ['an element', 'roles:\n  rep:\n    |', ['title', 'holders', 'held_by']],
    [
      'a word that has been begun',
      'roles:\n  rep:\n    ti|\n  boss: { title: { zh: a } }',
      ['title', 'holders', 'held_by'],
    ],
    [
      'a step beside others',
      'phases:\n  a:\n    steps:\n      b:\n        owner: rep\n        |\n      c:\n',
      ['title', 'see', 'sla'],
    ],
    ['braces', 'fields:\n  sum: { |', ['type', 'of', 'currency']],
    ['braces with a word before', 'fields:\n  sum: { type: money, cu|', ['of', 'currency', 'min']],
    ['braces within braces', 'roles:\n  rep: { title: { zh: a, | } }', ['en']],
    ['the first word behind a dash', 'substitutes:\n  - |', ['for', 'by', 'from']],
    ['a further word behind a dash', 'substitutes:\n  - for: mei\n    |', ['by', 'from', 'until']],
  ])('at %s: words, those that it must have first', (_, marked, first) => {
    expect(offered(marked).slice(0, 3)).toEqual(first);
  });

  it.each([
    [
      'a closed list',
      'fields:\n  sum: { type: |',
      ['text', 'integer', 'number', 'percent', 'money', 'boolean', 'date', 'datetime', 'choice', 'list'],
    ],
    ['yes or no', 'roles:\n  rep: { assumed: | }', ['true', 'false']],
    ['a role', 'roles: { rep: {}, boss: {} }\nphases:\n  a:\n    steps:\n      b:\n        owner: r|', ['rep', 'boss']],
    [
      'a list without what it has',
      'fields: { a: {}, b: {}, c: {} }\nphases: { p: { steps: { s: { rework: { resets: [a, |] } } } } }',
      ['b', 'c'],
    ],
    [
      'a list behind dashes',
      'fields: { a: {}, b: {} }\nphases:\n  p:\n    steps:\n      s:\n        rework:\n          resets:\n            - a\n            - |',
      ['b'],
    ],
    ['steps and phases', 'phases:\n  p:\n    steps:\n      s:\n        next:\n          - to: |', ['s', 'p']],
    [
      'approvals of the same step',
      'phases:\n  p:\n    steps:\n      s:\n        approvals: { x: {} }\n        skip: { approval: | }\n      t:\n        approvals: { y: {} }',
      ['x'],
    ],
    ['what is in other files', 'calendar: |', ['china', 'germany']],
    ['clauses, in quotes', 'policy: ["1", "1.1"]\nroles: { rep: { source: | } }', ['"1"', '"1.1"']],
    [
      'values of the field that a table sets',
      'fields:\n  c: { type: choice, of: [A, B] }\ntables:\n  t:\n    sets: c\n    rules:\n      - { then: | }',
      ['A', 'B'],
    ],
  ])('at %s: values and names', (_, marked, all) => {
    expect(offered(marked)).toEqual(all);
  });

  const fields = 'fields:\n  class: { type: choice, of: [A, B] }\n  sum: { type: number }\n';
  const gate = `${fields}phases:\n  p:\n    steps:\n      s:\n        exit:\n          ok: `;
  const words = ['known', 'count', 'timestamp', 'in', 'true', 'false'];

  it.each([
    ['of a gate', `${gate}kn|`, ['class', 'sum', ...words]],
    ['that is to begin', `${fields}tables:\n  t:\n    rules:\n      - { when: |`, ['class', 'sum', ...words]],
    ['behind a sign', `${gate}known(class) && s|`, ['class', 'sum', ...words]],
    ['behind a dot', `${gate}class.st|`, ['startsWith', 'endsWith', 'contains']],
    ['behind a comparison', `${gate}class == |`, ['"A"', '"B"']],
    ['in quotes', `${gate}"class == '|'"`, ["'A'", "'B'"]],
    ['in a list', `${gate}class in ["A", |]`, ['"A"', '"B"']],
  ])('in a condition %s', (_, marked, all) => {
    expect(offered(marked)).toEqual(all);
  });

  it.each([
    ['a remark', 'process: a # |'],
    ['a text of several lines', 'note: |2\n  a |b'.replace('|2', '>')],
    ['an id of its own', 'roles:\n  |'],
  ])('in %s: nothing', (_, marked) => {
    expect(offered(marked)).toEqual([]);
  });
});

describe('what a word means', () => {
  const meant = (marked: string) => {
    const { text, offset, root } = at(marked);
    const found = meaningAt(guide, text, root, offset);
    return found && { ...found, from: text.slice(found.from, found.to), to: undefined };
  };

  it('is said of words of the language', () => {
    expect(meant('proc|ess: a')).toMatchObject({ head: 'process', title: { zh: '流程标识', en: 'process' } });
  });

  it('is what a reference names, and where that stands', () => {
    const text = 'roles:\n  rep: { title: { zh: 代表, en: Rep } }\nphases: { p: { steps: { s: { owner: re|p } } } }';
    expect(meant(text)).toMatchObject({
      head: 'rep',
      title: { zh: '代表', en: 'Rep' },
      help: { en: 'role' },
      declared: 9,
    });
  });

  it('is the type of a field in a condition, and how a function is written', () => {
    const text = (condition: string) =>
      `fields:\n  sum: { type: money, currency: CNY }\nphases: { p: { exit: { ok: '${condition}' } } }`;
    expect(meant(text('su|m > 2'))).toMatchObject({ from: 'sum', code: 'money (CNY)', help: { zh: '字段' } });
    expect(meant(text('kno|wn(sum)'))).toMatchObject({ from: 'known', code: 'known(field) → boolean' });
  });

  it('is the meaning of the word that a value belongs to', () => {
    expect(meant('phases: { p: { order: an|y } }')).toMatchObject({ head: 'any', title: { zh: '次序' } });
  });
});
