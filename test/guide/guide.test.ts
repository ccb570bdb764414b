import { describe, expect, it } from 'vitest';
import { compileCondition, conditionWords, type ExprType } from '../../src/expr/index.ts';
import { methods } from '../../src/expr/node.ts';
import { type Guide, makeGuide, type Place, type PlaceOrName } from '../../src/guide/index.ts';

const guide = makeGuide();

/** The place at words that lead there; `*` is any id or item. */
function at(path: string, { top, places }: Guide = guide): Place | undefined {
  const named = (place: PlaceOrName | undefined) => (typeof place === 'string' ? places[place] : place);
  return path
    .split('/')
    .reduce<Place | undefined>(
      (place, word) => named(word === '*' ? (place?.each ?? place?.items) : place?.words?.[word]?.place),
      top,
    );
}

describe('the guide of the language', () => {
  it('has every word with its meaning in both languages, and what must be there', () => {
    expect(guide.top.words?.phases).toEqual({
      title: { zh: '阶段', en: 'phases' },
      help: { zh: '各阶段，按书写顺序依次进行。', en: 'The phases, one after the other in the order written.' },
      isRequired: true,
      place: { each: 'phase' },
    });
    expect(Object.keys(at('phases/*/steps/*/rework')?.words ?? {})).toEqual(['to', 'limit', 'resets']);
  });

  it('leads to no place that it does not have', () => {
    const missing: string[] = [];
    const look = (place: PlaceOrName): void => {
      if (typeof place === 'string') {
        if (guide.places[place] === undefined) missing.push(place);
        return;
      }
      for (const next of [place.each, place.items]) if (next !== undefined) look(next);
      for (const word of Object.values(place.words ?? {})) look(word.place);
      for (const kind of place.names ?? []) if (guide.kinds[kind] === undefined) missing.push(kind);
    };
    look(guide.top);
    for (const place of Object.values(guide.places)) look(place);
    expect(missing).toEqual([]);
  });

  it.each([
    ['phases/*/steps/*/owner', ['role']],
    ['phases/*/steps/*/activities/*/supplies/*', ['field']],
    ['phases/*/steps/*/approvals/*/bands/*/by/*', ['role']],
    ['phases/*/steps/*/next/*/to', ['step', 'phase']],
    ['phases/*/steps/*/skip/approval', ['approval']],
    ['phases/*/steps/*/activities/*/sla/due', ['field']],
    ['sla/calendar', ['calendar']],
    ['phases/*/steps/*/source', ['clause']],
  ])('says what %s names', (path, names) => {
    expect(at(path)?.names).toEqual(names);
  });

  it('says where a condition stands and which values a word has', () => {
    expect(at('phases/*/steps/*/exit/*')).toMatchObject({ isCondition: true, words: { when: {}, all: {} } });
    expect(at('phases/*/order')?.values).toEqual(['sequence', 'any', 'parallel']);
    expect(at('phases/*/join')?.values).toEqual(['all', 'any']);
    expect(at('roles/*/assumed')?.values).toEqual(['true', 'false']);
  });
});

describe('the words of conditions', () => {
  const types = new Map<string, ExprType>([
    ['class', 'text'],
    ['note', 'text'],
    ['urgent', 'boolean'],
    ['tags', 'text-list'],
    ['ordered_at', 'time'],
  ]);

  it.each(conditionWords.map(({ name, example }) => [name, example]))(
    '%s has an example that holds: %s',
    (name, example) => {
      expect(example).toContain(name);
      expect(compileCondition(example, types, new Map())).toMatchObject({ ok: true });
    },
  );

  it('are all methods, and every function that conditions do not refuse', () => {
    const names = conditionWords.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...methods]));
    const tried = [...'has size int uint double string bool bytes dyn type duration matches all exists map'.split(' ')];
    const taken = tried.filter((name) => compileCondition(`${name}(note) == note`, types, new Map()).ok);
    expect(taken).toEqual([]);
  });
});
