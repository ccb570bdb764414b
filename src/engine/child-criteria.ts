import type { CompiledChild, CompiledStep } from '../compile/types.ts';
import type { Text } from '../text.ts';
import type { ChildRecord } from './child-types.ts';
import { currentChild } from './children.ts';
import type { Context } from './context.ts';
import { all, atLeastVerdict, conditionReason } from './criteria.ts';
import { state } from './state-criteria.ts';
import type { Reason } from './types.ts';

/** The criterion that the children of this round have ended, as many as the step waits for. */
const CHILDREN_ENDED = 'children-ended';

/** What the exit of a step asks of the children that it started in this round. */
export function childReasons(context: Context, { step, starts }: CompiledStep): readonly Reason[] {
  if (starts.length === 0 || step.wait === 'none') return [];
  const of = starts.flatMap((child) => childReason(context, step.id, child));
  if (of.length === 0) return [];
  const tree: Reason = step.wait === 'all' ? all(of) : { kind: 'any', verdict: atLeastVerdict(1, of), of };
  return [{ id: CHILDREN_ENDED, say: waitText(tree, step.wait), ...tree }];
}

/** Nothing where nobody waits for it: it is not needed, was given up, or was closed because of this instance. */
function childReason(context: Context, step: string, { child, when }: CompiledChild): readonly Reason[] {
  const { instance } = context;
  const current = currentChild(instance.children, instance, step, child.id);
  if (current === null) {
    const asked = when === null ? null : conditionReason(context, when);
    if (asked?.verdict !== 'unknown') return [];
    const say = {
      zh: `尚不知道是否要启动子流程 ${child.id}：取决于 ${when?.text}`,
      en: `whether the child ${child.id} is started is not known yet: ${when?.text}`,
    };
    return [{ kind: 'children', id: child.id, verdict: 'unknown', say, of: [asked] }];
  }
  const { id, record } = current;
  if (record.need === 'dismissed' || record.status === 'cancelled') return [];
  const { process, status, outcome, incident } = record;
  return [
    {
      kind: 'children',
      id: child.id,
      verdict: status === 'ended' ? 'met' : 'not-met',
      say: standText(record),
      child: { instance: id, process, status, outcome, incident },
    },
  ];
}

function standText({ name, process, status, outcome, incident }: ChildRecord): Text {
  if (status === 'ended') {
    return {
      zh: `子流程 ${name}（${process}）已结束，结果：${outcome ?? '无'}`,
      en: `the child ${name} (${process}) has ended with ${outcome ?? 'no outcome'}`,
    };
  }
  if (status === 'failed') {
    return {
      zh: `子流程 ${name}（${process}）出错：${incident?.zh ?? ''}。请用 retry-child 重试，或用 dismiss-child 放弃`,
      en: `the child ${name} (${process}) failed: ${incident?.en ?? ''}. Try again with retry-child, or give it up with dismiss-child`,
    };
  }
  return {
    zh: `子流程 ${name}（${process}）尚未结束`,
    en: `the child ${name} (${process}) has not ended yet`,
  };
}

function waitText({ verdict, of = [] }: Reason, wait: 'all' | 'any'): Text {
  if (verdict === 'met') return { zh: '所等待的子流程已结束', en: 'the children that it waits for have ended' };
  const shut = of.filter((reason) => reason.verdict !== 'met');
  const said = (language: 'zh' | 'en') =>
    shut.map(({ say }) => say?.[language] ?? '').join(language === 'zh' ? '；' : '; ');
  return wait === 'all'
    ? { zh: said('zh'), en: said('en') }
    : { zh: `须有一个子流程结束：${said('zh')}`, en: `one child has to end: ${said('en')}` };
}

/** May be tried again or given up. */
export function childFailed({ instance }: Context, id: string): Reason {
  const record = instance.children[id];
  const open = record?.status === 'failed' && record.need === 'wanted';
  const found = record?.need === 'wanted' ? record.status : (record?.need ?? 'unknown');
  return state('child-failed', open, {
    zh: `子流程 ${record?.name ?? id} 应为出错（failed）且未被放弃；现为 ${found}`,
    en: `the child ${record?.name ?? id} should have failed and still be wanted; it is ${found}`,
  });
}
