import type { Text } from '../text.ts';
import type { Severity } from './problem.ts';

interface CodeEntry {
  readonly severity: Severity;
  readonly meaning: Text;
}

const error = (zh: string, en: string): CodeEntry => ({ severity: 'error', meaning: { zh, en } });
const warning = (zh: string, en: string): CodeEntry => ({ severity: 'warning', meaning: { zh, en } });
const hint = (zh: string, en: string): CodeEntry => ({ severity: 'hint', meaning: { zh, en } });

/** Every code that a problem of a process or calendar file can have. Closed: a test produces each of them. */
export const problemCodes = {
  // The file as text
  'file-too-large': error('文件超过 256 KB', 'The file is larger than 256 KB'),
  'file-empty': error('文件是空的', 'There is nothing in the file'),
  'nested-too-deep': error('嵌套超过 64 层', 'More than 64 levels of nesting'),
  'control-character': error('含有控制字符', 'There is a control character'),
  anchor: error('不能使用 YAML 锚点 &', 'YAML anchors (&) are not allowed'),
  alias: error('不能使用 YAML 引用 *', 'YAML aliases (*) are not allowed'),
  tag: error('不能使用 YAML 标签 !', 'YAML tags (!) are not allowed'),
  'merge-key': error('不能使用 YAML 合并键 <<', 'YAML merge keys (<<) are not allowed'),
  'document-marker': error(
    '一个文件只有一份内容，不写 --- 或 ...',
    'One file holds one thing, without --- or ... lines',
  ),
  directive: error('不能使用 YAML 指令 %', 'YAML directives (%) are not allowed'),
  'forbidden-key': error('不允许的键名', 'This name cannot be a key'),
  'duplicate-key': error('同一个键写了两次', 'The same key is written twice'),
  'yaml-syntax': error('不是有效的 YAML', 'This is not valid YAML'),
  // The words of the language
  'unknown-key': error('没有这个词', 'The language has no such word here'),
  'missing-key': error('缺少必需的词', 'A required word is missing'),
  'wrong-type': error('值的种类不对', 'The value is of the wrong kind'),
  'unknown-value': error('不在可选值之内', 'The value is not one of those allowed'),
  'bad-id': error('标识写法不对', 'The id is not spelt as ids are'),
  'bad-duration': error('时长写法不对', 'The duration is not spelt as durations are'),
  'bad-format': error('写法不对', 'The value is not spelt as it must be'),
  'choose-one': error('只能写其中一个', 'Exactly one of these may be written'),
  empty: error('内容为空', 'There is nothing in it'),
  'out-of-bounds': error('超出允许的大小', 'It is too small, too large or too long'),
  'duplicate-item': error('列表中有重复项', 'The list names something twice'),
  // Names
  'duplicate-id': error('标识重复', 'The id is used twice'),
  'reserved-id': error('标识是保留的', 'The id is reserved'),
  'unknown-role': error('没有声明的角色', 'Nobody has declared this role'),
  'unknown-field': error('没有声明的字段', 'Nobody has declared this field'),
  'former-in-use': error('旧标识现在还在用', 'A former id is in use'),
  'former-twice': error('旧标识有两个去处', 'A former id leads to two places'),
  'role-unused': hint('没有任何地方写到角色', 'Nothing names the role'),
  'see-lacks-doer': error('要做的人看不到', 'Whoever is to do it may not see it'),
  'unknown-outcome': error('没有声明的结果', 'Nobody has declared this outcome'),
  'unknown-approval': error('环节没有这个审批', 'The step has no such approval'),
  'unknown-step': error('没有这个阶段或环节', 'There is no such phase or step'),
  'unknown-calendar': error('没有这份日历', 'There is no such calendar'),
  // Fields and tables
  'min-above-max': error('最小值大于最大值', 'The minimum is above the maximum'),
  'option-unfit': error('该类型的字段没有这个选项', 'This word does not fit the type of the field'),
  'key-unfit': error('字段不能作业务键', 'The field cannot be the business key'),
  'time-field-needed': error('需要日期或日期时间字段', 'A date or datetime field is needed here'),
  'field-derived': error('字段由决策表决定，不能填写', 'A decision table sets the field; nobody else may'),
  'field-set-twice': error('字段由两张决策表设置', 'Two decision tables set the field'),
  'field-never-supplied': error('条件读取了无处填写的字段', 'A field is read that nothing supplies'),
  'field-unused': warning('字段无人填写也无人读取', 'Nobody supplies or reads the field'),
  'table-value-unfit': error('决策表的值不符合字段', 'A value of the table does not fit the field'),
  'table-cycle': error('决策表互相依赖', 'Decision tables depend on each other in a circle'),
  'rule-never-read': error('规则永远不会被判断', 'The rule is never reached'),
  'rule-never-holds': warning('规则永远不成立', 'The rule can never hold'),
  'table-gap': warning('有的值没有规则', 'For some values no rule holds'),
  'table-overlap': error('两条规则同时成立', 'Two rules hold at once'),
  'table-unchecked': hint('没有检查决策表的所有情形', 'Not every case of the table was checked'),
  // Course of the process
  'no-outcome': error('流程没有通向结果的路', 'No way leads to an outcome'),
  'outcome-unreachable': error('结果无法达到', 'The outcome cannot be reached'),
  'rework-target': error('只能退回到更早的环节', 'Work can only go back to an earlier step'),
  'route-target': error('去向不能是这里', 'A route cannot lead there'),
  'route-missing': warning('所有去向都有条件', 'Every route has a condition'),
  'step-unreachable': error('没有路通向环节', 'Nothing leads to the step'),
  'dead-end': error('从环节无法到达终点', 'No way leads from the step to the end'),
  'join-empty': error('阶段没有要等待的环节', 'The phase has no step to wait for'),
  'word-unfit': error('这个词在这里没有意义', 'The word has no meaning here'),
  'no-limit': hint('往回走的次数没有上限', 'Work may go back any number of times'),
  'reset-lost': warning('退回后无处再填写', 'What going back resets is not supplied again'),
  'tick-only': hint('准出只凭打勾', 'A step is left on ticks alone'),
  'duration-unfit': error('时长单位在此不可用', 'The unit of the duration does not fit here'),
  'gate-reads-later': error('关口读取了之后才填写的字段', 'A gate reads what only a later step supplies'),
  'count-too-high': error('要求的数量多于列出的项', 'More are demanded than are listed'),
  // SLAs
  'unknown-reason': error('没有列出的原因', 'Nobody has listed this reason'),
  'calendar-missing': warning('没有写按哪份日历计算', 'Nothing says which calendar counts'),
  'warning-too-early': warning('提醒不早于起算', 'The warning comes before the clock starts'),
  'sla-exceeds-parent': warning('时限比所在部分的还长', 'A part may take longer than the whole'),
  'vague-time': hint('时间说法没有具体数字', 'A vague word about time has no number'),
  'escalation-order': error('升级不是从早到晚', 'Escalations are not in their order'),
  // Schedules
  'bad-cron': error('cron 不可用', 'The cron cannot be used'),
  // Signals
  'unknown-activity': error('没有这个细则', 'There is no such activity'),
  'signal-field-unfit': error('不能按该字段匹配信号', 'Instances cannot be found by the field'),
  'signal-activity-unfit': error('信号不能完成该细则', 'A signal cannot complete the activity'),
  // Evidence
  'evidence-field-unfit': error('该字段不能用于证据', 'The field cannot be used for evidence'),
  'shared-unknown': warning('没有找到所依据的证据', 'The evidence it rests on is not there'),
  // Approvals
  'band-field-unfit': error('该字段不能分档', 'The field cannot be divided into bands'),
  'band-never-reached': error('永远用不到的档', 'The band is never reached'),
  'band-gap': error('有的值没有档', 'Some values have no band'),
  'approver-never-asked': error('审批人永远轮不到', 'An approver is never asked'),
  'approval-impossible': error('审批的回避永远无法满足', 'Too few people are left to approve'),
  'substitute-unfit': error('不能代理自己', 'Nobody is a substitute for themselves'),
  // Children
  'unknown-process': warning('没有这个流程文件', 'There is no file of this process'),
  // Conditions
  'condition-syntax': error('条件写法有误', 'The condition cannot be understood'),
  'condition-type': error('条件中类型不符', 'Types in the condition do not fit'),
  'condition-unknown-field': error('条件读取了没有声明的字段', 'The condition reads a field that nobody has declared'),
  'condition-unknown-value': error('字段没有这个选项', 'The field has no such value'),
  'condition-forbidden': error('条件中不允许的写法', 'Conditions leave this out'),
  'condition-too-large': error('条件过长', 'The condition is too large'),
  'never-holds': warning('条件永远不成立', 'A condition can never hold'),
  'always-holds': hint('条件总是成立', 'A condition always holds'),
  'activity-unreachable': warning('细则永远不需要', 'The activity is never needed'),
  'criteria-exclude': warning('条件项互相矛盾', 'Criteria of a gate exclude each other'),
  // Calendars
  'unknown-zone': error('没有这个时区', 'There is no such time zone'),
  'unknown-weekday': error('没有这样的星期写法', 'That is no day of the week'),
  'hours-backwards': error('结束不晚于开始', 'The hours end before they begin'),
  'hours-overlap': error('时间段重叠', 'Hours overlap'),
  'hours-missing': error('没有一天有工作时间', 'No day of the week has hours'),
  'day-unknown': error('没有这一天', 'There is no such day'),
  'day-twice': error('同一天写了两次', 'The same day is named twice'),
  'known-until-missing': warning('没有写节假日已知到哪一年', 'Nothing says until when the holidays are known'),
  // Scenarios
  'unknown-name': error('流程里没有这个名称', 'The process has nothing of this name'),
  'unknown-scenario': error('没有这个场景', 'There is no such scenario'),
  'scenario-circle': error('场景互相接着', 'Scenarios go on after each other in a circle'),
  'value-unfit': error('值不符合字段', 'The value does not fit the field'),
  // Care
  'missing-translation': warning('缺少一种语言', 'One language is missing'),
  'missing-source': warning('没有注明制度条款', 'The clause of the policy is not named'),
  'clause-unimplemented': warning('制度条款没有落实', 'No element implements the clause'),
  'clause-unknown': warning('制度中没有这个条款', 'The policy has no such clause'),
} as const satisfies Record<string, CodeEntry>;

export type ProblemCode = keyof typeof problemCodes;
