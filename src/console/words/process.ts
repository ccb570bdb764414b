/** What the views of processes and of their files say. */
export const processWords = {
  edit: { zh: '编辑', en: 'Edit' },
  basedOn: { zh: '基于版本', en: 'based on version' },
  problems: { zh: '问题', en: 'Problems' },
  noProblem: { zh: '没有问题', en: 'none' },
  keepDraft: { zh: '存为草稿，交他人评审', en: 'Keep as a draft for review' },
  newerIs: { zh: '此间已有人发布了版本', en: 'Meanwhile somebody has published version' },
  newerWhat: {
    zh: '这里的文件以前一版为基础，存为草稿后若发布，会撤掉其中的改动。请先比较；再点一次仍会保存。',
    en: 'This text is based on the one before: published, it would take those changes back. Compare them first; a second click keeps it all the same.',
  },
  newerSee: { zh: '看它改了什么', en: 'See what it has changed' },
  note: { zh: '理由', en: 'Why' },
  plan: { zh: '对进行中的实例', en: 'Open deals' },
  planAsk: { zh: '看看会怎样', en: 'See what would become of them' },
  planWhat: {
    zh: '看看这个版本会让每个进行中的实例怎样：自动转、需要决定、受阻或保留。',
    en: 'What this version would do to every deal that is open: it goes over, needs a decision, cannot, or stays.',
  },
  noOpenDeals: { zh: '没有需要迁移的进行中实例。', en: 'No open deal is on another version.' },
  apply: { zh: '执行迁移', en: 'Take them over' },
  applyAsk: { zh: '把这些实例转到新版本？', en: 'Take these deals over to the new version?' },
  applyWhat: {
    zh: '个实例将转到新版本，逐个记入历史。计划制定后有变化的会使整个计划作废，需重新查看。只要实例此后没有变化，就可以撤回。',
    en: 'deals go over to the new version, each on the record. If one has changed since the plan was made, nothing is done and the plan is to be looked at again. It can be taken back for deals to which nothing has happened since.',
  },
  applyLater: {
    zh: '发布为当前版本后，才能执行迁移。',
    en: 'They can be taken over once it is published as the newest.',
  },
  revert: { zh: '撤回迁移', en: 'Take it back' },
  revertAsk: { zh: '撤回这次迁移？', en: 'Take this migration back?' },
  revertWhat: {
    zh: '个实例已转到新版本；其中此后没有变化的回到原版本和原处，其余保持不动并逐个列出。',
    en: 'deals have gone over; those to which nothing has happened since return to where they stood, the others stay and are listed.',
  },
  wentBack: { zh: '个已回到原版本', en: 'went back' },
  openDeals: { zh: '个进行中的实例', en: 'open' },
  lateAtOnce: { zh: '个一转即逾期', en: 'late at once' },
  wentOver: { zh: '个已转到新版本', en: 'went over' },
  wereLeft: { zh: '个未转', en: 'were left' },
  approve: { zh: '评审通过', en: 'Approve' },
  reject: { zh: '驳回', en: 'Reject' },
  publish: { zh: '发布', en: 'Publish' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  goBack: { zh: '改回这个版本', en: 'Go back to it' },
  newDeals: { zh: '新实例将按版本', en: 'New deals start on version' },
  insteadOf: { zh: '而不再按', en: 'instead of' },
  openStay: {
    zh: '进行中的实例留在各自的版本，直到在“迁移”中转过来',
    en: 'Open deals stay on their versions until they are taken over under “Open deals”',
  },
  testsFirst: {
    zh: '先运行它的场景；有未通过的就不发布',
    en: 'Its scenarios are run first; where one fails it is not published',
  },
  effectiveFrom: { zh: '从何时起（留空：立即）', en: 'From when on (empty: at once)' },
  force: {
    zh: '仍要发布，尽管有场景未通过（会留下记录）',
    en: 'Publish it although scenarios fail (this is recorded)',
  },
  isPublished: { zh: '已发布。', en: 'Published.' },
  isScheduled: { zh: '已定期发布。', en: 'It will be published then.' },
  testsPassed: { zh: '个场景通过', en: 'scenarios passed' },
  noTestsRun: { zh: '没有需要运行的场景。', en: 'There were no scenarios to run.' },
  record: { zh: '记录', en: 'Record' },
  since: { zh: '自', en: 'since' },
  picture: { zh: '流程图', en: 'Picture of the process' },
  versions: { zh: '各版本', en: 'Versions' },
  newest: { zh: '当前版本', en: 'the newest' },
  open: { zh: '进行中', en: 'open' },
  closed: { zh: '已结束', en: 'closed' },
  hypothesis: { zh: '假设', en: 'Hypothesis' },
  metric: { zh: '目标指标', en: 'Target metric' },
  forced: { zh: '（场景未通过，强制发布）', en: '(although its tests failed)' },
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

/** What will happen, said before it does. */
export const actWhat = {
  approve: {
    zh: '评审通过后即可发布。评审人和意见会留在记录中。',
    en: 'It can be published then. Who approved it, and why, stays on the record.',
  },
  reject: {
    zh: '驳回后不能发布；作者可以改动后重新提交。',
    en: 'It cannot be published then; its author may change it and draft it again.',
  },
  publish: { zh: '发布之后：', en: 'When it is published:' },
  withdraw: {
    zh: '撤回后它不再等待评审或发布；文件和记录都会保留。',
    en: 'It no longer waits for a review or its day; the file and the record stay.',
  },
} as const;
