import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import type { SkipPolicy } from './types.ts';

/** How required steps and activities are skipped: by an approval of the step, which lets nothing else be skipped. */
export function checkSkips(check: Check): void {
  for (const { step, path } of eachStep(check.definition)) {
    const approvals = step.approvals.map(({ id }) => id);
    const users = new Map<string, string>();
    const checkSkip = (id: string, skip: SkipPolicy | null, own: Path): void => {
      if (skip === null || !check.sound([...own, 'skip'])) return;
      checkWords(check, own);
      const at = [...own, 'skip', 'approval'];
      if (!check.sound([...path, 'approvals'])) return;
      if (!checkName(check, 'unknown-approval', skip.approval, approvals, at)) return;
      const other = users.get(skip.approval);
      users.set(skip.approval, other ?? id);
      if (other === undefined) return;
      check.atValue('word-unfit', at, {
        message: {
          zh: `${skip.approval} 已用于跳过 ${other}：同意的人只知道一件事`,
          en: `${skip.approval} is what skipping ${other} takes: whoever gives it agrees to one thing`,
        },
        remedy: { zh: '请为它另写一个审批', en: 'Write an approval of its own' },
      });
    };
    checkSkip(step.id, step.skip, path);
    for (const activity of step.activities) checkSkip(activity.id, activity.skip, [...path, 'activities', activity.id]);
  }
}

/** What is optional may be skipped without asking. */
function checkWords(check: Check, own: Path): void {
  if (!check.outline.marks.has(pointerOf([...own, 'optional']))) return;
  check.atKey('choose-one', [...own, 'skip'], {
    message: { zh: '同时写了 optional 和 skip', en: 'optional and skip are written together' },
    remedy: {
      zh: '无须审批即可跳过的写 optional，否则写 skip；请删除其中一个',
      en: 'Write optional for what may be skipped without asking, else skip: delete one of the two',
    },
  });
}
