/** What the view of a deal says. */
export const dealWords = {
  changed: { zh: '其间有变化。', en: 'Something has happened to it meanwhile.' },
  actions: { zh: '现在可以做', en: 'What can be done now' },
  nothingToDo: { zh: '您现在没有可做的事。', en: 'There is nothing for you to do now.' },
  more: { zh: '其他操作', en: 'Other actions' },
  shut: { zh: '现在还不能', en: 'Not possible now' },
  missing: { zh: '缺少', en: 'Missing' },
  suppliedBy: { zh: '可由此提供', en: 'comes with' },
  facts: { zh: '资料', en: 'Facts' },
  setBy: { zh: '由谁填写', en: 'set by' },
  noFacts: { zh: '还没有填写任何资料。', en: 'Nothing is known of it yet.' },
  by: { zh: '可由', en: 'by' },
  overridden: { zh: '强制通过：', en: 'overridden by' },
  started: { zh: '启动于', en: 'started' },
  onHold: { zh: '暂停自', en: 'On hold since' },
  until: { zh: '至', en: 'until' },
  since: { zh: '自', en: 'since' },
  leftOn: { zh: '离开于', en: 'left' },
  round: { zh: '轮次', en: 'round' },
  rounds: { zh: '各轮', en: 'Rounds' },
  entered: { zh: '进入于', en: 'entered' },
  sentBack: { zh: '退回次数', en: 'sent back' },
  optionalActivity: { zh: '可选', en: 'optional' },
  openSteps: { zh: '当前环节', en: 'Where it stands' },
  chosenStep: { zh: '所选环节', en: 'The chosen step' },
  asItWas: { zh: '这是当时的样子：', en: 'As it was on' },
  asThen: { zh: '当时的样子', en: 'as it was then' },
  toNow: { zh: '回到现在', en: 'Back to now' },
  earlier: { zh: '更早的记录', en: 'Earlier entries' },
  via: { zh: '由其代发：', en: 'through' },
  clause: { zh: '细则', en: 'clause' },
  decidedBy: { zh: '判定依据：', en: 'Decided by:' },
  approvals: { zh: '审批', en: 'Approvals' },
  askedBy: { zh: '申请人', en: 'asked for by' },
  earlierRequests: { zh: '以前的申请', en: 'Earlier requests' },
  inOrder: { zh: '依次审批', en: 'one after the other' },
  insteadOf: { zh: '代替', en: 'instead of' },
  added: { zh: '加签', en: 'added' },
  raised: { zh: '逾期后也可由', en: 'since it is late also' },
  awaited: { zh: '等待其决定', en: 'awaited' },
  notYet: { zh: '还未轮到或未决定', en: 'not yet' },
  onBehalf: { zh: '代', en: 'for' },
  family: { zh: '上下游实例', en: 'Parent and children' },
  startedFrom: { zh: '由', en: 'Started by' },
  theParent: { zh: '另一实例启动', en: 'another deal' },
  waitsForIt: { zh: '等待其结束', en: 'waited for' },
  noneRuns: { zh: '没有计时中的时限。', en: 'None runs.' },
  endedClocks: { zh: '已结束的时限', en: 'Ended' },
  elapsed: { zh: '历时', en: 'elapsed' },
  stoodStill: { zh: '其中暂停', en: 'stood still' },
  lateBy: { zh: '超时', en: 'late by' },
  withdrawn: { zh: '后已撤销', en: 'withdrawn' },
  used: { zh: '已用', en: 'used' },
  left: { zh: '剩余', en: 'left' },
  counted: { zh: '计入合计', en: 'Counted' },
  omitted: { zh: '行更早的未列出', en: 'earlier lines left out' },
  lineByLine: { zh: '逐行说明', en: 'Line by line' },
  history: { zh: '历史', en: 'History' },
  verifyHere: { zh: '在此核验', en: 'Verify here' },
  brokenAt: { zh: '从这一条起对不上：第', en: 'does not hold from entry' },
  brokenWhy: {
    zh: '它被改动过，或其中有对您隐藏的内容；请有全部权限的人核验。',
    en: 'It was changed, or something in it is hidden from you: have somebody verify it who sees everything.',
  },
  head: { zh: '最后一条的散列值', en: 'hash of the last entry' },
  personal: { zh: '（个人信息，不在历史中）', en: '(personal, not in the history)' },
  recorded: { zh: '记录于', en: 'recorded' },
  deadlines: { zh: '时限', en: 'Deadlines' },
  due: { zh: '应于', en: 'due' },
  save: { zh: '提交', en: 'Submit' },
  cancel: { zh: '取消', en: 'Cancel' },
  optional: { zh: '可不填', en: 'optional' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  oneALine: { zh: '每行一个', en: 'one a line' },
} as const;

/** Which moment of the history a slider stands at. */
export const momentText = (at: number, last: number) => ({
  zh: `时刻：第 ${at} 条，共 ${last} 条`,
  en: `Moment: entry ${at} of ${last}`,
});

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
  approve: { zh: '同意', en: 'approved' },
  reject: { zh: '驳回', en: 'rejected' },
  reassign: { zh: '转办', en: 'handed on' },
  withdraw: { zh: '撤销申请', en: 'withdrew' },
  warn: { zh: '提醒：将到期', en: 'warned: due soon' },
  breach: { zh: '逾期', en: 'found it late' },
  escalate: { zh: '升级', en: 'escalated' },
  migrate: { zh: '转到新版本', en: 'took it to another version' },
  revert: { zh: '转回原版本', en: 'took it back to its version' },
  'add-approver': { zh: '加签', en: 'added an approver to' },
  signal: { zh: '转来外部消息', en: 'passed on what another system told' },
  reckon: { zh: '重算时限', en: 'reckoned its deadlines anew' },
  cancel: { zh: '随上级实例取消', en: 'cancelled it with its parent' },
  'child-started': { zh: '启动了子流程', en: 'started a child' },
  'child-ended': { zh: '得知子流程结束', en: 'heard that a child has ended' },
  'child-reopened': { zh: '得知子流程重新打开', en: 'heard that a child was opened again' },
  'child-failed': { zh: '得知子流程出错', en: 'heard that a child has failed' },
  'retry-child': { zh: '重试子流程', en: 'tried a child again' },
  'dismiss-child': { zh: '放弃子流程', en: 'gave up on a child' },
  'request-call': { zh: '请服务完成', en: 'asked a service to do' },
  'retry-call': { zh: '再次请服务完成', en: 'asked the service again to do' },
  'fail-call': { zh: '服务未能完成', en: 'heard that the service has failed at' },
} as const;

export const approvalNames = {
  requested: { zh: '审批中', en: 'waiting' },
  approved: { zh: '已同意', en: 'approved' },
  rejected: { zh: '已驳回', en: 'rejected' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
  void: { zh: '已失效', en: 'void' },
} as const;

/** Why a request is no longer one. */
export const endNames = {
  withdrawn: { zh: '申请被撤销', en: 'Withdrawn' },
  changed: { zh: '所审批的内容后来变了', en: 'What it was about has changed' },
  left: { zh: '环节已离开，未等决定', en: 'Its step was left before it was decided' },
  round: { zh: '环节已重新进入', en: 'Its step was entered anew' },
  definition: { zh: '新版本的审批要求不同', en: 'The newer version asks something else' },
} as const;

export const modeNames = {
  any: { zh: '一人同意即可', en: 'any one of them' },
  all: { zh: '需全部同意', en: 'all of them' },
  'at-least': { zh: '至少需同意的人数', en: 'at least so many of them' },
} as const;

export const childNames = {
  requested: { zh: '即将启动', en: 'about to start' },
  started: { zh: '进行中', en: 'under way' },
  ended: { zh: '已结束', en: 'ended' },
  failed: { zh: '出错', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
} as const;

export const needNames = {
  dismissed: { zh: '已放弃', en: 'given up' },
  dropped: { zh: '不再等待', en: 'no longer waited for' },
} as const;

export const activityNames = {
  open: { zh: '未完成', en: 'to be done' },
  done: { zh: '已完成', en: 'done' },
  skipped: { zh: '已跳过', en: 'skipped' },
  'not-needed': { zh: '无需进行', en: 'not needed' },
} as const;

/** How a round of a step ended. */
export const roundNames = {
  done: { zh: '完成', en: 'done' },
  repeated: { zh: '进入下一轮', en: 'repeated' },
  skipped: { zh: '跳过', en: 'skipped' },
  left: { zh: '随阶段离开', en: 'left with its phase' },
  reworked: { zh: '退回', en: 'sent back' },
  closed: { zh: '随实例结束', en: 'closed' },
} as const;

/** What was told of a deadline. */
export const markNames = {
  warn: { zh: '⚠ 已提醒', en: '⚠ warned' },
  breach: { zh: '✗ 已报逾期', en: '✗ found late' },
  escalate: { zh: '↑ 已升级', en: '↑ escalated' },
} as const;

export const unitNames = {
  minutes: { zh: '分钟', en: 'minutes' },
  hours: { zh: '小时', en: 'hours' },
  days: { zh: '天', en: 'days' },
  weeks: { zh: '周', en: 'weeks' },
  months: { zh: '个月', en: 'months' },
  'working hours': { zh: '个工作小时', en: 'working hours' },
  'working days': { zh: '个工作日', en: 'working days' },
} as const;

/** What a stretch of time was, in a statement. */
export const lineNames = {
  working: { zh: '工作时间', en: 'working time' },
  'make-up': { zh: '调休上班', en: 'make-up workday' },
  'half-day': { zh: '半天', en: 'half a day' },
  'off-hours': { zh: '下班时间', en: 'off hours' },
  weekend: { zh: '周末', en: 'weekend' },
  holiday: { zh: '假日', en: 'holiday' },
  paused: { zh: '暂停', en: 'stood still' },
  time: { zh: '时间', en: 'time' },
} as const;

export const pauseNames = {
  hold: { zh: '实例暂停', en: 'on hold' },
  closed: { zh: '实例已结束', en: 'closed' },
  round: { zh: '在两轮之间', en: 'between rounds' },
  'not-needed': { zh: '暂时不需要', en: 'not needed' },
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
  breached: { zh: '逾期完成', en: 'done late' },
  left: { zh: '未做而离开', en: 'left undone' },
  'not-needed': { zh: '无需进行', en: 'not needed' },
  dropped: { zh: '不再计时', en: 'no longer timed' },
  closed: { zh: '随实例结束', en: 'closed before' },
} as const;
