import type { Field } from '../definition/types.ts';
import type { Text } from '../text.ts';
import type { Context } from './context.ts';
import type { Placing } from './migration-place.ts';
import { fits, isStrange } from './migration-records.ts';
import type { Migration } from './migration-types.ts';
import { notClosed, state } from './state-criteria.ts';
import type { Reason } from './types.ts';

/** What must hold so that an instance can go over to another version. `placing` null: it is closed. */
export function migrationReasons(context: Context, migration: Migration, placing: Placing | null): readonly Reason[] {
  const { instance } = context;
  return [
    notClosed(context),
    state('migration-version', instance.digest !== migration.process.digest, {
      zh: `应处于另一个版本；已经是${nameOf(migration.version).zh}`,
      en: `it should be on another version; it is on ${nameOf(migration.version).en} already`,
    }),
    ...(placing === null ? [] : [placed(context, migration, placing)]),
    outcomeThere(context, migration),
    ...valuesFit(context, migration),
  ];
}

function placed({ process }: Context, { version }: Migration, placing: Placing): Reason {
  if (placing.ok) return state('migration-place', true, { zh: '新版本中有对应的位置', en: 'it has a place there' });
  const titles = placing.steps.map((id) => process.steps.get(id)?.step.title ?? { zh: id, en: id });
  const [zh, en] = [titles.map((title) => title.zh).join('、'), titles.map((title) => title.en).join(', ')];
  const ids = placing.steps.join(', ');
  const says: Readonly<Record<typeof placing.why, Text>> = {
    gone: {
      zh: `${nameOf(version).zh}没有环节“${zh}”（${ids}）：请说明转到哪个环节（move_to，或在 retired 中写明）`,
      en: `${nameOf(version).en} has no step “${en}” (${ids}): say which step it goes on with (a move, or retired in the file)`,
    },
    apart: {
      zh: `在${nameOf(version).zh}中，环节“${zh}”（${ids}）不能同时进行：请说明转到哪一个环节`,
      en: `in ${nameOf(version).en} the steps “${en}” (${ids}) are not open at once: say which one it goes on with`,
    },
  };
  return state('migration-place', false, says[placing.why]);
}

function outcomeThere({ instance: { outcome } }: Context, { process, version, mapping }: Migration): Reason {
  const isThere = outcome === null || process.outcomes.has(mapping.outcomes.get(outcome) ?? '');
  return state('migration-outcome', isThere, {
    zh: `它的结果 ${outcome ?? '（未定）'} 应在${nameOf(version).zh}中；请保留该结果，或用 was 写明它的新标识`,
    en: `${nameOf(version).en} should have its outcome ${outcome ?? '(open)'}: keep it there, or say by was what it has become`,
  });
}

function valuesFit({ process, instance }: Context, { process: to, mapping, version }: Migration): readonly Reason[] {
  const reasons: Reason[] = [];
  for (const [former, id] of mapping.fields) {
    const value = instance.fields[former]?.value ?? null;
    const [was, field] = [process.fields.get(former), to.fields.get(id)];
    if (value === null || was === undefined || field === undefined || to.derived.has(id)) continue;
    if (isAlike(was, field) || fits(field, value)) continue;
    reasons.push(
      state('migration-value', false, {
        zh: `“${field.title.zh}”（${id}）的值应符合${nameOf(version).zh}的类型 ${field.type}；请先改正，或给新字段另一个标识`,
        en: `the value of “${field.title.en}” (${id}) should be a ${field.type} as in ${nameOf(version).en}: correct it first, or give the new field another id`,
      }),
    );
  }
  const heirs = new Set(mapping.fields.values());
  for (const id of to.fields.keys()) {
    // A personal value that something else left behind under this id.
    if (heirs.has(id) || (instance.fields[id]?.digest ?? null) === null) continue;
    if (!isStrange(process, to, instance, id)) continue;
    reasons.push(
      state('migration-value', false, {
        zh: `字段 ${id} 的标识曾属于另一个个人信息字段；请给新字段另一个标识`,
        en: `the id of the field ${id} was that of another, personal field: give the new field another id`,
      }),
    );
  }
  return reasons;
}

function isAlike(one: Field, other: Field): boolean {
  return (
    one.type === other.type &&
    one.items === other.items &&
    one.currency === other.currency &&
    one.choices === other.choices
  );
}

function nameOf(version: number | null): Text {
  return version === null
    ? { zh: '新版本', en: 'the new version' }
    : { zh: `第 ${version} 版`, en: `version ${version}` };
}
