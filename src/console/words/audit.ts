/** What the view for auditors and operators says. */
export const auditWords = {
  wholeRecord: { zh: '全部记录', en: 'The whole record' },
  verifyAll: { zh: '核验全部', en: 'Verify everything' },
  checked: { zh: '条已核对', en: 'entries checked' },
  incidents: { zh: '待处理的故障', en: 'What failed and waits for somebody' },
  noIncident: { zh: '没有', en: 'nothing' },
  subscriptions: { zh: '订阅', en: 'Who is told' },
  noSubscription: {
    zh: '没有订阅。其他系统可用 POST /v1/subscriptions 订阅发生的事。',
    en: 'Nobody. Other systems subscribe to what happens with POST /v1/subscriptions.',
  },
  delivers: { zh: '正常投递', en: 'delivers' },
  disabled: { zh: '已停用', en: 'disabled' },
  everyProcess: { zh: '所有流程', en: 'every process' },
  deadLetters: { zh: '未能投递的消息', en: 'Messages that could not be delivered' },
  resend: { zh: '重发', en: 'Send again' },
} as const;
