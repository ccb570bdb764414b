import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { readProcess } from '../../src/definition/index.ts';
import type { ProcessDefinition } from '../../src/definition/types.ts';
import type { Json } from '../../src/json.ts';
import { sla } from '../engine/slas.ts';
import { eachActivity, eachStep, type Renamable, renamed } from './typed.ts';

export interface File {
  readonly name: string;
  readonly text: string;
  readonly definition: ProcessDefinition;
}

const folder = new URL('../../processes/', import.meta.url);

export const shipped: readonly File[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
  .map((name) => fileOf(name, readFileSync(new URL(name, folder), 'utf8')));

export function fileOf(name: string, text: string): File {
  const { definition } = readProcess(text, name);
  if (definition === null) throw new Error(`${name} does not read`);
  return { name, text, definition };
}

/** An operation on a file, and what it makes of the definition. */
export interface RandomEdit {
  readonly file: File;
  readonly operation: Readonly<Record<string, Json>>;
  readonly expected: ProcessDefinition;
}

const titles = fc.record({
  zh: fc.constantFrom('新名称', '报价：含税', '第 1 步，# 不是备注', '“引号”'),
  en: fc.constantFrom(
    'New name',
    'Price: with tax',
    'Step 1, # no remark',
    "it's",
    'say "yes"',
    '- dash',
    '[x]',
    'null',
    '2.10',
  ),
});
const durations = fc.constantFrom('3 days', '2 weeks', '5 hours', '6 months');

const stepsOf = ({ phases }: ProcessDefinition) => phases.flatMap(({ steps }) => steps);
const activitiesOf = (definition: ProcessDefinition) => stepsOf(definition).flatMap(({ activities }) => activities);
const approvalsOf = (definition: ProcessDefinition) => stepsOf(definition).flatMap(({ approvals }) => approvals);

function ids(definition: ProcessDefinition, kind: Renamable): readonly string[] {
  const elements = {
    role: definition.roles,
    field: definition.fields,
    phase: definition.phases,
    outcome: definition.outcomes,
    step: stepsOf(definition),
    activity: activitiesOf(definition),
    approval: approvalsOf(definition),
  };
  return elements[kind].map(({ id }) => id);
}

const renamables: readonly Renamable[] = ['role', 'field', 'step', 'phase', 'outcome', 'activity', 'approval'];

/** Edits of one of some things; none where the file has nothing of the kind. */
function some<T>(
  of: readonly T[],
  make: (one: fc.Arbitrary<T>) => fc.Arbitrary<RandomEdit>,
): readonly fc.Arbitrary<RandomEdit>[] {
  return of.length === 0 ? [] : [make(fc.constantFrom(...of))];
}

const one = <T>(of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);

const pairs = <A, B>(as: readonly A[], bs: readonly B[]): readonly (readonly [A, B])[] =>
  as.flatMap((a) => bs.map((b) => [a, b] as const));

type Edits = (file: File) => readonly fc.Arbitrary<RandomEdit>[];

const setting: Edits = (file) => {
  const { definition } = file;
  const edit = (operation: Readonly<Record<string, Json>>, expected: ProcessDefinition) => ({
    file,
    operation,
    expected,
  });
  return [
    fc.tuple(one(stepsOf(definition)), titles).map(([{ id }, title]) =>
      edit(
        { op: 'set-title', at: `step:${id}`, value: title },
        eachStep(definition, (step) => (step.id === id ? { ...step, title } : step)),
      ),
    ),
    fc.tuple(one(activitiesOf(definition)), titles).map(([{ id }, { en }]) =>
      edit(
        { op: 'set-title', at: `activity:${id}`, value: { en } },
        eachActivity(definition, (own) => (own.id === id ? { ...own, title: { ...own.title, en } } : own)),
      ),
    ),
    fc.tuple(one(stepsOf(definition)), durations).map(([{ id }, within]) =>
      edit(
        { op: 'set-sla', at: `step:${id}`, value: within },
        eachStep(definition, (step) =>
          step.id === id ? { ...step, sla: { ...(step.sla ?? sla({})), within, due: null, targets: [] } } : step,
        ),
      ),
    ),
    fc.tuple(one(activitiesOf(definition)), durations, fc.constantFrom('80%', '1 day')).map(([{ id }, within, warn]) =>
      edit(
        { op: 'set-sla', at: `activity:${id}`, value: { within, warn: [warn] } },
        eachActivity(definition, (own) => (own.id === id ? { ...own, sla: sla({ within, warn: [warn] }) } : own)),
      ),
    ),
    ...some(
      activitiesOf(definition).filter(({ sla }) => sla !== null),
      (activity) =>
        activity.map(({ id }) =>
          edit(
            { op: 'set-sla', at: `activity:${id}`, value: null },
            eachActivity(definition, (own) => (own.id === id ? { ...own, sla: null } : own)),
          ),
        ),
    ),
    fc.tuple(one(stepsOf(definition)), one(definition.roles)).map(([{ id }, role]) =>
      edit(
        { op: 'set-role', at: `step:${id}`, value: role.id },
        eachStep(definition, (step) => (step.id === id ? { ...step, owner: role.id } : step)),
      ),
    ),
    fc
      .tuple(one(activitiesOf(definition)), fc.uniqueArray(one(definition.roles.map(({ id }) => id)), { minLength: 1 }))
      .map(([{ id }, by]) =>
        edit(
          { op: 'set-role', at: `activity:${id}`, value: by },
          eachActivity(definition, (own) => (own.id === id ? { ...own, by } : own)),
        ),
      ),
    ...some(
      stepsOf(definition).filter(({ rework }) => rework !== null),
      (step) =>
        fc.tuple(step, fc.integer({ min: 1, max: 9 })).map(([{ id }, limit]) =>
          edit(
            { op: 'set', at: `step:${id}`, word: 'rework/limit', value: limit },
            eachStep(definition, (step) =>
              step.id === id ? { ...step, rework: step.rework && { ...step.rework, limit } } : step,
            ),
          ),
        ),
    ),
    fc
      .tuple(one(definition.fields), fc.constantFrom('暂定 # 待核', 'ours: to be confirmed'))
      .map(([{ id }, note]) =>
        edit(
          { op: 'set', at: `field:${id}`, word: 'note', value: note },
          { ...definition, fields: definition.fields.map((field) => (field.id === id ? { ...field, note } : field)) },
        ),
      ),
    ...some(
      definition.fields.filter(({ type }) => type === 'integer'),
      (field) =>
        fc.tuple(field, fc.integer({ min: 100, max: 900 })).map(([{ id }, max]) =>
          edit(
            { op: 'set', at: `field:${id}`, word: 'max', value: max },
            {
              ...definition,
              fields: definition.fields.map((field) => (field.id === id ? { ...field, max } : field)),
            },
          ),
        ),
    ),
    ...some(
      stepsOf(definition).flatMap((step) => step.exit.map((own) => [step.id, own.id] as const)),
      (gate) =>
        fc.tuple(gate, one(definition.fields)).map(([[id, criterion], field]) => {
          const text = `known(${field.id})`;
          return edit(
            { op: 'set-condition', at: `${id}/exit/${criterion}`, value: text },
            eachStep(definition, (step) =>
              step.id !== id
                ? step
                : {
                    ...step,
                    exit: step.exit.map((own) =>
                      own.id === criterion ? { ...own, criterion: { kind: 'condition', text } } : own,
                    ),
                  },
            ),
          );
        }),
    ),
  ];
};

const renaming: Edits = (file) =>
  renamables
    .filter((kind) => ids(file.definition, kind).length > 0)
    .map((kind) =>
      fc.tuple(one(ids(file.definition, kind)), fc.constantFrom('x', 'something_quite_long')).map(([id, to]) => {
        const name = kind === 'field' ? `${to}9` : to.replaceAll('_', '-');
        return {
          file,
          operation: { op: 'rename', at: `${kind}:${id}`, to: name },
          expected: renamed(file.definition, kind, id, name),
        };
      }),
    );

const adding: Edits = (file) => {
  const { definition } = file;
  const raw = parse(file.text);
  const steps = definition.phases.flatMap((phase) => phase.steps.map((step) => ({ phase, step })));
  const activities = steps.flatMap(({ phase, step }) => step.activities.map((activity) => ({ phase, step, activity })));
  return [
    // The copy of a role or an activity, under another id.
    fc.tuple(one(definition.roles), one(definition.roles)).map(([copied, beside]) => ({
      file,
      operation: {
        op: 'add',
        at: 'role:newcomer',
        value: withoutWas(raw.roles[copied.id]),
        after: beside.id,
      },
      expected: {
        ...definition,
        roles: definition.roles.flatMap((role) =>
          role === beside ? [role, { ...copied, id: 'newcomer', was: [] }] : [role],
        ),
      },
    })),
    fc.tuple(one(activities), one(activities)).map(([copied, beside]) => ({
      file,
      operation: {
        op: 'add',
        at: 'activity:new-thing',
        in: beside.step.id,
        before: beside.activity.id,
        value: withoutWas(raw.phases[copied.phase.id].steps[copied.step.id].activities[copied.activity.id]),
      },
      expected: eachStep(definition, (step) => ({
        ...step,
        activities: step.activities.flatMap((own) =>
          own === beside.activity ? [{ ...copied.activity, id: 'new-thing', was: [] }, own] : [own],
        ),
      })),
    })),
    fc.tuple(one(steps), one(definition.phases)).map(([{ phase, step }, into]) => {
      const { activities: _, approvals: __, ...rest } = withoutWas(raw.phases[phase.id].steps[step.id]);
      return {
        file,
        operation: { op: 'add', at: 'step:new-step', in: into.id, value: rest },
        expected: {
          ...definition,
          phases: definition.phases.map((own) =>
            own === into
              ? { ...own, steps: [...own.steps, { ...step, id: 'new-step', was: [], activities: [], approvals: [] }] }
              : own,
          ),
        },
      };
    }),
    fc.tuple(one(steps), one(definition.fields)).map(([{ step }, field]) => ({
      file,
      operation: { op: 'add', at: `${step.id}/exit/one-more`, value: `known(${field.id})` },
      expected: eachStep(definition, (own) =>
        own.id !== step.id
          ? own
          : {
              ...own,
              exit: [
                ...own.exit,
                {
                  id: 'one-more',
                  say: null,
                  source: null,
                  assumed: false,
                  criterion: { kind: 'condition', text: `known(${field.id})` },
                },
              ],
            },
      ),
    })),
  ];
};

function withoutWas(element: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const { was: _, ...rest } = element;
  return rest;
}

const moving: Edits = (file) => {
  const { definition } = file;
  const steps = definition.phases.flatMap((phase) => phase.steps.map((step) => ({ phase, step })));
  const movable = steps.filter(({ phase }) => phase.steps.length > 1);
  const activities = steps.flatMap(({ step }) => step.activities);
  return [
    ...some(
      pairs(movable, steps).filter(([a, b]) => a.step !== b.step),
      (pair) =>
        pair.map(([{ step }, beside]) => ({
          file,
          operation: { op: 'move', at: `step:${step.id}`, to: beside.phase.id, after: beside.step.id },
          expected: {
            ...definition,
            phases: definition.phases.map((phase) => ({
              ...phase,
              steps: phase.steps.flatMap((own) => (own === step ? [] : own === beside.step ? [own, step] : [own])),
            })),
          },
        })),
    ),
    fc.tuple(one(activities), one(steps)).map(([activity, to]) => ({
      file,
      operation: { op: 'move', at: `activity:${activity.id}`, to: to.step.id },
      expected: eachStep(definition, (own) => {
        const left = own.activities.filter((one) => one !== activity);
        return { ...own, activities: own === to.step ? [...left, activity] : left };
      }),
    })),
    ...some(
      pairs(definition.fields, definition.fields).filter(([a, b]) => a !== b),
      (pair) =>
        pair.map(([field, beside]) => ({
          file,
          operation: { op: 'move', at: `field:${field.id}`, before: beside.id },
          expected: {
            ...definition,
            fields: definition.fields.flatMap((own) => (own === field ? [] : own === beside ? [field, own] : [own])),
          },
        })),
    ),
  ];
};

const removing: Edits = (file) => {
  const { definition } = file;
  const steps = stepsOf(definition);
  return [
    one(activitiesOf(definition)).map(({ id }) => ({
      file,
      operation: { op: 'remove', at: `activity:${id}` },
      expected: eachStep(definition, (step) => ({
        ...step,
        activities: step.activities.filter((own) => own.id !== id),
      })),
    })),
    ...some(
      pairs(
        definition.phases.flatMap((phase) => (phase.steps.length > 1 ? phase.steps : [])),
        steps,
      ).filter(([a, b]) => a !== b),
      (pair) =>
        pair.map(([gone, to]) => ({
          file,
          operation: { op: 'remove', at: `step:${gone.id}`, move_to: to.id },
          expected: {
            ...definition,
            retired: [
              ...definition.retired.map((own) => (own.moveTo === gone.id ? { ...own, moveTo: to.id } : own)),
              ...[gone.id, ...gone.was].map((id) => ({ id, moveTo: to.id, note: null })),
            ],
            phases: definition.phases.map((phase) => ({ ...phase, steps: phase.steps.filter((own) => own !== gone) })),
          },
        })),
    ),
    one(definition.fields).map(({ id }) => ({
      file,
      operation: { op: 'remove', at: `field:${id}` },
      expected: { ...definition, fields: definition.fields.filter((own) => own.id !== id) },
    })),
  ];
};

/** A random edit of one of these files, of each kind as often as of the others. */
export function randomEdit(files: readonly File[]): fc.Arbitrary<RandomEdit> {
  return fc
    .tuple(fc.constantFrom(...files), fc.constantFrom(setting, renaming, adding, moving, removing))
    .chain(([file, kind]) => fc.oneof(...kind(file)))
    .map((edit) => ({ ...edit, [fc.toStringMethod]: () => `${edit.file.name}: ${JSON.stringify(edit.operation)}` }));
}
