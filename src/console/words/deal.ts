/** What the view of a deal says. */
export const dealWords = {
  changed: { zh: '其间有变化。', en: 'Something has happened to it meanwhile.' },
  actions: { zh: '现在可以做', en: 'What can be done now' },
  shut: { zh: '现在还不能', en: 'Not possible now' },
  missing: { zh: '缺少', en: 'Missing' },
  suppliedBy: { zh: '可由此提供', en: 'comes with' },
  facts: { zh: '资料', en: 'Facts' },
  setBy: { zh: '由谁填写', en: 'set by' },
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
