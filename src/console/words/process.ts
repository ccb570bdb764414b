/** What the views of processes and of their files say. */
export const processWords = {
  edit: { zh: '编辑', en: 'Edit' },
  basedOn: { zh: '基于版本', en: 'based on version' },
  problems: { zh: '问题', en: 'Problems' },
  noProblem: { zh: '没有问题', en: 'none' },
  keepDraft: { zh: '存为草稿，交他人评审', en: 'Keep as a draft for review' },
  note: { zh: '理由', en: 'Why' },
  plan: { zh: '对进行中的实例', en: 'Open deals' },
  planAsk: { zh: '看看会怎样', en: 'See what would become of them' },
  apply: { zh: '执行', en: 'Take them over' },
  applyAsk: { zh: '把这些实例转到新版本？', en: 'Take these over to the new version?' },
  openDeals: { zh: '个进行中的实例', en: 'open' },
  lateAtOnce: { zh: '个一转即逾期', en: 'late at once' },
  wentOver: { zh: '个已转到新版本', en: 'went over' },
  wereLeft: { zh: '个未转', en: 'were left' },
  approve: { zh: '评审通过', en: 'Approve' },
  reject: { zh: '驳回', en: 'Reject' },
  publish: { zh: '发布', en: 'Publish' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  versions: { zh: '各版本', en: 'Versions' },
  newest: { zh: '当前版本', en: 'the newest' },
  open: { zh: '进行中', en: 'open' },
  closed: { zh: '已结束', en: 'closed' },
  hypothesis: { zh: '假设', en: 'Hypothesis' },
  metric: { zh: '目标指标', en: 'Target metric' },
  forced: { zh: '（场景未通过，强制发布）', en: '(although its tests failed)' },
  differences: { zh: '与上一版的差异', en: 'What changed' },
  noDifference: { zh: '没有差异', en: 'Nothing' },
  file: { zh: '流程文件', en: 'The file' },
} as const;

export const standingNames = {
  new: { zh: '新', en: 'new' },
  draft: { zh: '草稿', en: 'draft' },
  reviewed: { zh: '已评审', en: 'reviewed' },
  rejected: { zh: '已驳回', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  scheduled: { zh: '已定期发布', en: 'scheduled' },
  published: { zh: '已发布', en: 'published' },
} as const;

/** As in "zhang.san …". */
export const actNames = {
  draft: { zh: '提交草稿', en: 'drafted it' },
  approve: { zh: '评审通过', en: 'approved it' },
  reject: { zh: '驳回', en: 'rejected it' },
  publish: { zh: '发布', en: 'published it' },
  withdraw: { zh: '撤回', en: 'withdrew it' },
} as const;

/** What becomes of open deals. */
export const kindNames = {
  auto: { zh: '自动转', en: 'go over' },
  ask: { zh: '需决定', en: 'ask' },
  blocked: { zh: '受阻', en: 'blocked' },
  keep: { zh: '保留', en: 'stay' },
} as const;

export const effectNames = {
  tightened: { zh: '收紧', en: 'tightened' },
  loosened: { zh: '放宽', en: 'loosened' },
} as const;
