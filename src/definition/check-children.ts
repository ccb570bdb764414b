import { suggest } from '../suggest.ts';
import type { Check, Others } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { writeInstead } from './fix.ts';
import type { Path } from './outline.ts';
import type { ChildStart } from './types.ts';

/** What a step hands to the processes that it starts; where those are known, whether they are there and take it. */
export function checkChildren(check: Check): void {
  const fields = check.definition.fields.map(({ id }) => id);
  for (const { step, path } of eachStep(check.definition)) {
    for (const child of step.starts) {
      const own = [...path, 'starts', child.id];
      for (const [name, field] of Object.entries(child.with))
        checkName(check, 'unknown-field', field, fields, [...own, 'with', name]);
      if (check.others !== null) checkStarted(check, child, own, check.others);
    }
    if (step.wait === 'all' || step.starts.length > 0 || !check.sound([...path, 'starts'])) continue;
    check.atKey('word-unfit', [...path, 'wait'], {
      message: {
        zh: `环节 ${step.id} 没有启动任何流程，wait 没有意义`,
        en: `The step ${step.id} starts no process, so that wait has no meaning`,
      },
      remedy: { zh: '请删除 wait，或写 starts', en: 'Delete wait, or write starts' },
    });
  }
}

function checkStarted(check: Check, { process, with: given }: ChildStart, own: Path, others: Others): void {
  const other = process === check.definition.process ? check.definition : others.get(process);
  if (other === null) return;
  if (other === undefined) {
    const near = suggest(process, [check.definition.process, ...others.keys()]);
    check.atValue('unknown-process', [...own, 'process'], {
      message: { zh: `没有找到流程 ${process}`, en: `There is no process "${process}" here` },
      remedy:
        near === null
          ? {
              zh: '请一并发布它；启动时仍没有，则记为这个环节的问题',
              en: 'Publish it as well; where there is none when it is to be started, that is an incident of the step',
            }
          : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
      fix: writeInstead(near),
    });
    return;
  }
  const ids = other.fields.map(({ id }) => id);
  for (const name of Object.keys(given)) {
    if (ids.includes(name)) continue;
    const near = suggest(name, ids);
    check.atKey('unknown-field', [...own, 'with', name], {
      message: { zh: `流程 ${process} 没有字段 ${name}`, en: `The process ${process} has no field "${name}"` },
      remedy:
        near === null
          ? {
              zh: `请写它已有的字段：${ids.slice(0, 10).join(', ')}`,
              en: `Write one that it has: ${ids.slice(0, 10).join(', ')}`,
            }
          : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
      fix: writeInstead(near),
      // The other may be another version than the one that will be started.
      severity: 'warning',
    });
  }
}
