import { ProcessError } from '../errors.ts';
import type { PublicationRow } from '../store/types.ts';

/** Everybody who wrote a version down; who did is none of those who may approve it. */
export function authorsOf(record: readonly Pick<PublicationRow, 'act' | 'actor'>[]): ReadonlySet<string> {
  return new Set(record.filter(({ act }) => act === 'draft').map(({ actor }) => actor));
}

/** Whether somebody else than its authors approved what was drafted last. */
export function isReviewed(record: readonly Pick<PublicationRow, 'act' | 'actor'>[]): boolean {
  const last = record.findLast(({ act }) => act === 'draft' || act === 'approve' || act === 'reject');
  return last?.act === 'approve' && !authorsOf(record).has(last.actor);
}

/** `author` null: it is not drafted yet, and has no number. */
export function reviewRequired(process: string, version: number | null, author: string | null): ProcessError {
  if (version === null) {
    return new ProcessError('review-required', {
      zh: `本服务要求先评审再发布（PHASEGATE_REVIEW=four-eyes）：请先提交草稿 POST /v1/processes/${process}/drafts（phasegate draft），由另一人评审后发布`,
      en: `this server publishes what somebody else has reviewed (PHASEGATE_REVIEW=four-eyes): draft it first, POST /v1/processes/${process}/drafts (phasegate draft), have it reviewed, then publish it`,
    });
  }
  const who = author ?? '?';
  return new ProcessError(
    'review-required',
    {
      zh: `流程 ${process} 第 ${version} 版还没有经 ${who} 以外的人评审通过；请另一人执行 phasegate review ${process}@${version} --approve --comment …，再发布`,
      en: `version ${version} of ${process} has not been approved by anybody but ${who}; somebody else approves it with phasegate review ${process}@${version} --approve --comment …, then it can be published`,
    },
    { version, author },
  );
}
