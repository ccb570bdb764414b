import type { Act } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { VersionStanding } from './version-standing.ts';

/** As in "version 4 is …". */
export const standingNames: Readonly<Record<VersionStanding, Text>> = {
  new: { zh: '还没有任何记录', en: 'new' },
  draft: { zh: '是待评审的草稿', en: 'a draft that waits for review' },
  reviewed: { zh: '已评审通过', en: 'reviewed' },
  rejected: { zh: '已被驳回', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  scheduled: { zh: '已发布、尚未生效', en: 'published and not yet in effect' },
  published: { zh: '已发布', en: 'published' },
};

/** As in "it cannot be …". */
export const actNames: Readonly<Record<Act, Text>> = {
  draft: { zh: '再次提交为草稿', en: 'drafted again' },
  approve: { zh: '评审通过', en: 'approved' },
  reject: { zh: '驳回', en: 'rejected' },
  publish: { zh: '发布', en: 'published' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
};

export function possibleText(acts: readonly Act[]): Text {
  return {
    zh: acts.map((act) => actNames[act].zh).join('、'),
    en: acts.map((act) => actNames[act].en).join(', '),
  };
}
