import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProcessDefinition } from '../../src/definition/types.ts';
import { type Diff, diffProcesses } from '../../src/diff/index.ts';
import { editProcess } from '../../src/edit/index.ts';
import { ProcessError } from '../../src/errors.ts';
import { randomEdit, shipped } from '../edit/random-edit.ts';

type Path = readonly (string | number)[];

const diff = (before: ProcessDefinition, after: ProcessDefinition): Diff =>
  diffProcesses({ definition: before, lineOf: null }, { definition: after, lineOf: null });

/** Every place in a definition, but the lists that are empty. */
function placesIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, own]) =>
    placesIn(own, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

const at = (value: unknown, path: Path): unknown => path.reduce<unknown>((part, key) => Object(part)[key], value);

/** A copy in which one place says something else; lists lose an item, or have two in another order. */
function mutated(definition: ProcessDefinition, path: Path, turn: boolean): ProcessDefinition {
  const copy: ProcessDefinition = structuredClone(definition);
  const parent: Record<string | number, unknown> = Object(at(copy, path.slice(0, -1)));
  const key = path.at(-1) ?? '';
  const value = parent[key];
  parent[key] = otherThan(value, turn);
  return copy;
}

function otherThan(value: unknown, turn: boolean): unknown {
  if (typeof value === 'string') return `${value}-other`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null) return 'other';
  if (Array.isArray(value)) return turn && value.length > 1 ? [value[1], value[0], ...value.slice(2)] : value.slice(1);
  return null;
}

const lists = new Set([
  'roles',
  'fields',
  'tables',
  'outcomes',
  'evidence',
  'signals',
  'retired',
  'phases',
  'steps',
  'activities',
  'approvals',
  'starts',
  'entry',
  'exit',
]);

/** The ids of the innermost element that a place is in: where a list of elements is changed, those of its items. */
function elementsAt(definition: ProcessDefinition, path: Path): readonly string[] {
  let ids: readonly string[] = [definition.process];
  let part: unknown = definition;
  for (const [n, key] of path.entries()) {
    const inList = typeof key === 'string' && lists.has(key) && (n === 0 || typeof path[n - 1] === 'number');
    part = Object(part)[key];
    if (!inList || !Array.isArray(part)) continue;
    const index = path[n + 1];
    ids = index === undefined ? part.map(({ id }) => id) : [Object(part[Number(index)]).id];
    if (index !== undefined && n + 2 >= path.length) ids = [...ids];
  }
  return ids;
}

it('tells any change of a definition, at its element', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...shipped)
        .chain(({ definition }) =>
          fc.tuple(fc.constant(definition), fc.constantFrom(...placesIn(definition, [])), fc.boolean()),
        )
        // Of an empty list nothing can be taken, and whole elements are taken out of their lists.
        .filter(([definition, path]) => {
          const value = at(definition, path);
          if (Array.isArray(value)) return value.length > 0;
          return typeof value !== 'object' || value === null || typeof path.at(-1) === 'string';
        }),
      ([definition, path, turn]) => {
        const after = mutated(definition, path, turn);
        const { changes } = diff(definition, after);
        const ids = elementsAt(definition, path);
        expect(changes.length, JSON.stringify(path)).toBeGreaterThan(0);
        const named = changes.some(({ id, before }) => ids.includes(id) || ids.includes(String(before)));
        expect(named, JSON.stringify([path, ids, changes.map(({ summary }) => summary.en)])).toBe(true);
        for (const { summary } of changes)
          expect([summary.zh, summary.en]).toEqual([expect.stringMatching(/\p{Script=Han}/u), expect.any(String)]);
      },
    ),
    { numRuns: 1_000 },
  );
});

it('finds nothing between equal definitions', () => {
  for (const { definition } of shipped) expect(diff(definition, structuredClone(definition)).changes).toEqual([]);
});

/** Null: the edit makes errors, or cannot be made by program where the file stands as it does. */
function edited({ text, name }: { readonly text: string; readonly name: string }, operation: unknown) {
  try {
    return editProcess(text, name, [operation], '').definition;
  } catch (error) {
    if (error instanceof ProcessError && error.code === 'invalid-input') return null;
    throw error;
  }
}

it('tells an edit by program, a new id as nothing else, and its way back as the opposite', { timeout: 120_000 }, () => {
  let renamed = 0;
  fc.assert(
    fc.property(randomEdit(shipped), ({ file, operation }) => {
      const definition = edited(file, operation);
      if (definition === null) return;
      const there = diff(file.definition, definition);
      const back = diff(definition, file.definition);
      if (operation.op === 'rename') {
        renamed++;
        expect(there.changes.map(({ kind, before, after }) => [kind, before, after])).toEqual([
          ['renamed', String(operation.at).split(':')[1], operation.to],
        ]);
      }
      const turned = (diff: Diff) => ({ ...diff.counts, added: 0, removed: 0, tightened: 0, loosened: 0 });
      expect(turned(back)).toEqual(turned(there));
      const { added, removed, tightened, loosened } = there.counts;
      expect(back.counts).toMatchObject({ added: removed, removed: added, tightened: loosened, loosened: tightened });
    }),
    { numRuns: 150 },
  );
  expect(renamed).toBeGreaterThan(5);
});
