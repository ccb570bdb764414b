import type { CompiledProcess } from '../compile/types.ts';
import type { Json } from '../json.ts';
import { suggest } from '../suggest.ts';
import { brief, parseValue } from './values.ts';
import { type Members, pointerPart } from './verb.ts';

/**
 * Values for fields out of an event's member, in stored form. Only `allowed` fields may be given; a decision table's
 * field never; `null` (take the value away) only where `clearable`.
 */
export function parseFields(
  process: CompiledProcess,
  members: Members,
  member: string,
  allowed: readonly string[],
  clearable: boolean,
): Readonly<Record<string, Json>> {
  const values: Record<string, Json> = {};
  for (const [id, value] of Object.entries(members.object(member))) {
    const pointer = `/${member}/${pointerPart(id)}`;
    const field = process.fields.get(id);
    const table = process.derived.get(id);
    if (field !== undefined && table !== undefined) {
      members.problem(pointer, {
        zh: `${field.title.zh}（${id}）由决策表 ${table} 得出，不能直接填写；请修改它所依据的字段`,
        en: `${field.title.en} (${id}) is set by the decision table ${table}; change the fields that it reads instead`,
      });
    } else if (field === undefined || !allowed.includes(id)) {
      const near = suggest(id, allowed);
      const list = allowed.join(', ');
      members.problem(pointer, {
        zh: `这里不能填写 ${brief(id)}${near ? `，是否指 ${near}？` : '；'}可填：${list || '（无）'}`,
        en: `${brief(id)} cannot be given here${near ? `; did you mean ${near}?` : ';'} possible are ${list || '(none)'}`,
      });
    } else if (value === null && clearable) {
      values[id] = null;
    } else {
      const parsed = parseValue(field, value, pointer);
      if (parsed.ok) values[id] = parsed.value;
      else members.problem(parsed.problem.pointer, parsed.problem.message);
    }
  }
  return values;
}
