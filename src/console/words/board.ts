/** What the board says. */
export const boardWords = {
  startOne: { zh: '新建一个', en: 'Start one' },
  filters: { zh: '筛选', en: 'Filters' },
  search: { zh: '查找', en: 'Search' },
  searchHint: { zh: '编号或文字', en: 'Number or text' },
  class: { zh: '分类', en: 'Class' },
  deadline: { zh: '时限', en: 'Deadline' },
  any: { zh: '全部', en: 'All' },
  ownerHint: { zh: '任何人', en: 'Anybody' },
  clear: { zh: '清除筛选', en: 'Clear filters' },
  open: { zh: '个进行中', en: 'open' },
  emptyColumn: { zh: '这里没有', en: 'Nothing here' },
  emptyBoard: {
    zh: '这个流程还没有进行中的实例。新建一个，它会出现在第一个环节。',
    en: 'Nothing is under way in this process yet. Start one, and it appears in the first step.',
  },
  noMatch: {
    zh: '没有符合筛选条件的实例。放宽或清除筛选再看。',
    en: 'Nothing matches the filters. Widen or clear them to see more.',
  },
  idle: { zh: '尚未进入环节', en: 'In no step yet' },
  otherSteps: { zh: '其他版本的环节', en: 'Steps of other versions' },
  loadingMore: { zh: '正在读取更多……', en: 'Loading more …' },
  today: { zh: '今天到达', en: 'since today' },
  oneDayHere: { zh: '1 天', en: '1 day here' },
  onHold: { zh: '挂起', en: 'on hold' },
  unread: { zh: '数据无法读取', en: 'cannot be read' },
  move: { zh: '推进…', en: 'Move on…' },
} as const;

/** How a deadline stands, as it is filtered by. */
export const deadlineNames = {
  late: { zh: '逾期', en: 'late' },
  soon: { zh: '将到期', en: 'due soon' },
  running: { zh: '进行中', en: 'running' },
  paused: { zh: '暂停', en: 'paused' },
  none: { zh: '没有时限', en: 'none' },
} as const;

/** What the dialog says in which a deal is moved on. */
export const moveWords = {
  title: { zh: '推进', en: 'Move on' },
  from: { zh: '从', en: 'From' },
  asking: { zh: '正在询问会怎样……', en: 'Asking what would happen …' },
  leadsTo: { zh: '推进后到达', en: 'Moving on leads to' },
  ends: { zh: '推进后流程结束。', en: 'Moving on ends it.' },
  waits: { zh: '推进后尚无环节打开。', en: 'After moving on no step is open yet.' },
  notThere: {
    zh: '不会到达您放下的环节：流程规定的下一步不是它，中间的环节不能跳过。',
    en: 'It will not get to where you dropped it: that is not what comes next, and steps between are not passed over.',
  },
  backwards: {
    zh: '您放下的环节在前面。推进只会向前；要退回，请打开该实例，用「退回」。',
    en: 'You dropped it on an earlier step. Moving on only leads forward; to send work back, open the deal and use “rework”.',
  },
  refused: { zh: '现在还不能推进', en: 'It cannot be moved on yet' },
  confirm: { zh: '推进', en: 'Move on' },
  cancel: { zh: '取消', en: 'Cancel' },
  close: { zh: '关闭', en: 'Close' },
  openDeal: { zh: '打开实例', en: 'Open the deal' },
  moved: { zh: '已推进到', en: 'has moved on to' },
  ended: { zh: '已结束', en: 'has ended' },
} as const;
