/** Everything that the console itself says; what processes say comes with them. */
export const words = {
  product: { zh: 'phasegate', en: 'phasegate' },
  board: { zh: '看板', en: 'Board' },
  work: { zh: '待办', en: 'My work' },
  processes: { zh: '流程', en: 'Processes' },
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
  picture: { zh: '流程图', en: 'Picture of the process' },
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
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出', en: 'Sign out' },
  signInWhy: {
    zh: '请输入您的密钥或令牌。密钥由管理员用 phasegate keys create 新建；启动服务时也会打印一次性登录链接。',
    en: 'Enter your key or token. An administrator makes keys with phasegate keys create; the server prints a link for signing in once when it starts.',
  },
  key: { zh: '密钥或令牌', en: 'Key or token' },
  linkUsed: {
    zh: '这个登录链接已用过或已过期。请重启服务得到新的链接，或输入密钥。',
    en: 'This link was used, or its time is over. Start the server again for a new one, or enter a key.',
  },
  dark: { zh: '深色', en: 'Dark' },
  light: { zh: '浅色', en: 'Light' },
  otherLanguage: { zh: 'English', en: '中文' },
  menu: { zh: '主菜单', en: 'Main menu' },
  skip: { zh: '跳到内容', en: 'Skip to content' },
  process: { zh: '流程', en: 'Process' },
  owner: { zh: '负责人', en: 'Owner' },
  version: { zh: '版本', en: 'Version' },
  nobody: { zh: '无', en: 'nobody' },
  noProcess: {
    zh: '还没有发布任何流程。把流程文件放进 processes 文件夹并重启服务，或用 phasegate publish 发布。',
    en: 'No process is published yet. Put a file into the folder processes and start the server again, or use phasegate publish.',
  },
  emptyColumn: { zh: '没有', en: 'none' },
  oneDayHere: { zh: '1 天', en: '1 day here' },
  more: { zh: '更多', en: 'More' },
  loading: { zh: '正在读取……', en: 'Loading …' },
  noAnswer: {
    zh: '服务没有应答。请检查网络和服务，然后重试。',
    en: 'The server does not answer. Check the network and the server, then try again.',
  },
  again: { zh: '重试', en: 'Try again' },
  reload: { zh: '重新读取', en: 'Reload' },
  stale: {
    zh: '您看到的已不是最新状态：其间有人改动过。请重新读取，再决定。',
    en: 'This is no longer as you saw it: somebody has changed it. Reload, then decide anew.',
  },
  actions: { zh: '现在可以做', en: 'What can be done now' },
  shut: { zh: '现在还不能', en: 'Not possible now' },
  missing: { zh: '缺少', en: 'Missing' },
  suppliedBy: { zh: '可由此提供', en: 'comes with' },
  facts: { zh: '资料', en: 'Facts' },
  setBy: { zh: '由谁填写', en: 'set by' },
  history: { zh: '历史', en: 'History' },
  verifyHere: { zh: '在此核验', en: 'Verify here' },
  holds: { zh: '条记录环环相扣，无人改动', en: 'entries hold together: nobody has changed them' },
  brokenAt: { zh: '从这一条起对不上：第', en: 'does not hold from entry' },
  brokenWhy: {
    zh: '它被改动过，或其中有对您隐藏的内容；请有全部权限的人核验。',
    en: 'It was changed, or something in it is hidden from you: have somebody verify it who sees everything.',
  },
  head: { zh: '最后一条的散列值', en: 'hash of the last entry' },
  personal: { zh: '（个人信息，不在历史中）', en: '(personal, not in the history)' },
  recorded: { zh: '记录于', en: 'recorded' },
  refused: { zh: '被拒绝', en: 'refused' },
  deadlines: { zh: '时限', en: 'Deadlines' },
  due: { zh: '应于', en: 'due' },
  save: { zh: '提交', en: 'Submit' },
  cancel: { zh: '取消', en: 'Cancel' },
  optional: { zh: '可不填', en: 'optional' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  oneALine: { zh: '每行一个', en: 'one a line' },
  noWork: { zh: '没有待办。', en: 'Nothing waits for you.' },
  notHere: { zh: '没有这个页面。', en: 'There is no such page.' },
  toBoard: { zh: '回到看板', en: 'To the board' },
} as const;

/** Members of events, as a form asks for them. */
export const memberNames = {
  choices: { zh: '选项', en: 'Which of these' },
  reason: { zh: '理由', en: 'Reason' },
  comment: { zh: '意见', en: 'Comment' },
  text: { zh: '内容', en: 'Text' },
  owner: { zh: '负责人', en: 'Owner' },
  team: { zh: '团队', en: 'Team' },
  until: { zh: '到何时', en: 'Until' },
  criteria: { zh: '条件项', en: 'Criteria' },
  to: { zh: '转给', en: 'To' },
  from: { zh: '从', en: 'From' },
  actor: { zh: '人员', en: 'Person' },
  place: { zh: '位置', en: 'Place' },
} as const;

export const statusNames = {
  active: { zh: '进行中', en: 'active' },
  'on-hold': { zh: '暂停', en: 'on hold' },
  closed: { zh: '已结束', en: 'closed' },
  quarantined: { zh: '已隔离', en: 'quarantined' },
} as const;

/** As in "zhang.san …". What is not here is shown by its own name. */
export const eventNames = {
  start: { zh: '启动', en: 'started it' },
  complete: { zh: '完成了', en: 'completed' },
  undo: { zh: '撤销了', en: 'took back' },
  set: { zh: '填写了', en: 'set' },
  enter: { zh: '进入', en: 'entered' },
  advance: { zh: '推进', en: 'moved on from' },
  repeat: { zh: '重复', en: 'repeated' },
  skip: { zh: '跳过', en: 'skipped' },
  rework: { zh: '退回', en: 'sent back from' },
  recall: { zh: '收回上一步', en: 'took the last move back' },
  override: { zh: '强制通过', en: 'overrode' },
  hold: { zh: '暂停', en: 'put it on hold' },
  resume: { zh: '恢复', en: 'resumed it' },
  close: { zh: '结束为', en: 'closed it as' },
  reopen: { zh: '重新打开', en: 'opened it again' },
  note: { zh: '备注', en: 'noted' },
  assign: { zh: '指派', en: 'assigned it' },
  'request-approval': { zh: '申请审批', en: 'asked for' },
  approve: { zh: '批准', en: 'approved' },
  reject: { zh: '驳回', en: 'rejected' },
  reassign: { zh: '转办', en: 'handed on' },
  withdraw: { zh: '撤回申请', en: 'withdrew' },
  warn: { zh: '提醒：将到期', en: 'warned: due soon' },
  breach: { zh: '逾期', en: 'found it late' },
  escalate: { zh: '升级', en: 'escalated' },
  migrate: { zh: '转到新版本', en: 'took it to another version' },
  revert: { zh: '转回原版本', en: 'took it back to its version' },
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

export const verdictNames = {
  met: { zh: '满足', en: 'met' },
  'not-met': { zh: '不满足', en: 'not met' },
  unknown: { zh: '未知', en: 'not known' },
} as const;

export const clockNames = {
  waiting: { zh: '未开始', en: 'not begun' },
  running: { zh: '进行中', en: 'running' },
  warned: { zh: '将到期', en: 'due soon' },
  late: { zh: '逾期', en: 'late' },
  paused: { zh: '暂停', en: 'paused' },
  'in-time': { zh: '按时', en: 'in time' },
} as const;
