import { describe, expect, it } from 'vitest';
import { decide } from '../../src/engine/index.ts';
import { actor, BOSS, command, environment, run } from './process.ts';
import { atMake, FORM, small } from './small.ts';

const CLOSE = { outcome: 'dropped', reason: 'cost' };

describe('what a refusal says', () => {
  it('names the one role that is needed, or those of which one is', () => {
    const one = run(small).refuse('complete', FORM, BOSS);
    expect(one.detail).toEqual({
      zh: '需要角色 clerk；bo 的角色：boss',
      en: 'the role clerk is needed; bo holds boss',
    });
    const guest = actor('gus');
    const several = atMake().refuse('complete', { activity: 'build', choices: ['fast'] }, guest);
    expect(several.detail).toEqual({
      zh: '只有角色 clerk, boss 可见；gus 的角色：无',
      en: 'only the roles clerk, boss see it; gus holds none',
    });
  });

  it('says in Chinese what state the instance and its activities are in', () => {
    const done = run(small);
    done.do('complete', FORM);
    expect(done.refuse('complete', FORM).detail).toEqual({
      zh: '细则“表单”（form）应为未完成；现为已完成',
      en: 'the activity “Form” (form) should be open; it is done',
    });
    const skipped = run(small);
    skipped.do('skip', { activity: 'collect', reason: 'none' });
    expect(skipped.refuse('skip', { activity: 'collect', reason: 'none' }).detail.zh).toBe(
      '细则“收集”（collect）应为未完成；现为已跳过',
    );
    const closed = run(small);
    closed.do('close', CLOSE);
    expect(closed.refuse('set', { fields: { staff: 1 } }).detail).toEqual({
      zh: '实例应为进行中；现为已结束',
      en: 'the instance should be active; it is closed',
    });
    const answer = decide(small, closed.instance, command('complete', FORM), environment());
    const reasons = answer.ok ? [] : (answer.reasons?.of ?? []);
    expect(reasons.find(({ id }) => id === 'step-open')?.say).toEqual({
      zh: '环节“受理”（intake）应为当前环节；实例已结束',
      en: 'the step “Intake” (intake) should be open; the instance is closed',
    });
  });
});
