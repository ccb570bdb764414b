import type { Text } from './text.ts';

/**
 * Every code that an answer of the API or the CLI can carry, with its HTTP status and a title.
 * The set is closed: a test proves that the API reference documents each.
 */
export const errorCodes = {
  'malformed-json': {
    status: 400,
    title: { zh: '请求体不是有效的 JSON 对象', en: 'The body is not a valid JSON object' },
  },
  'malformed-request': { status: 400, title: { zh: '请求格式不正确', en: 'The request is malformed' } },
  unauthenticated: { status: 401, title: { zh: '缺少或无效的密钥', en: 'No valid key was given' } },
  'role-required': { status: 403, title: { zh: '需要其他角色', en: 'Another role is required' } },
  'acting-refused': { status: 403, title: { zh: '不能代他人操作', en: 'This key may not act for others' } },
  'cross-site': { status: 403, title: { zh: '请求来自其他网站', en: 'The request comes from another site' } },
  'not-found': { status: 404, title: { zh: '未找到', en: 'Not found' } },
  'method-not-allowed': { status: 405, title: { zh: '不支持该方法', en: 'Method not allowed' } },
  'gate-shut': { status: 409, title: { zh: '关口条件未满足', en: 'A gate is shut' } },
  'not-allowed-now': { status: 409, title: { zh: '当前不允许该操作', en: 'Not allowed now' } },
  'key-in-use': { status: 409, title: { zh: '业务键已被占用', en: 'The business key is in use' } },
  'approval-requested': {
    status: 409,
    title: { zh: '审批已申请，等待决定', en: 'An approval is requested and awaited' },
  },
  'approval-not-requested': { status: 409, title: { zh: '审批尚未申请', en: 'The approval has not been requested' } },
  'approval-withdrawn': { status: 409, title: { zh: '审批申请已撤销', en: 'The request was withdrawn' } },
  'approval-void': { status: 409, title: { zh: '审批申请已失效', en: 'The request is void' } },
  'approval-decided': { status: 409, title: { zh: '审批已有决定', en: 'The approval is decided' } },
  'approval-own-request': { status: 409, title: { zh: '不能审批自己的申请', en: 'Nobody approves their own request' } },
  'approval-earlier-approver': {
    status: 409,
    title: { zh: '已审批过的人不能再次审批', en: 'Another person has to approve' },
  },
  'approval-turn': { status: 409, title: { zh: '还没有轮到', en: 'It is the turn of another' } },
  'review-required': { status: 409, title: { zh: '需先由他人评审', en: 'Somebody else has to review it first' } },
  'tests-failed': { status: 409, title: { zh: '流程的场景测试未通过', en: 'The tests of the process fail' } },
  'request-in-flight': {
    status: 409,
    title: { zh: '相同幂等键的请求仍在处理', en: 'The first request with this key is still running' },
  },
  'instance-quarantined': { status: 409, title: { zh: '实例已被隔离', en: 'The instance is quarantined' } },
  gone: { status: 410, title: { zh: '已不再等待', en: 'Nobody waits for it any more' } },
  'plan-stale': { status: 409, title: { zh: '计划已过时', en: 'The plan is stale' } },
  'plan-edited': { status: 422, title: { zh: '计划被改动过', en: 'The plan was changed after it was made' } },
  'revision-stale': { status: 412, title: { zh: '版本已变化', en: 'The instance has changed since' } },
  'too-large': { status: 413, title: { zh: '请求体过大', en: 'The body is too large' } },
  'unsupported-media-type': { status: 415, title: { zh: '不支持的内容类型', en: 'Unsupported media type' } },
  'invalid-input': { status: 422, title: { zh: '输入无效', en: 'The input is invalid' } },
  'unknown-event': { status: 422, title: { zh: '未知的事件类型', en: 'Unknown event type' } },
  'definition-invalid': { status: 422, title: { zh: '流程定义有错误', en: 'The process definition has problems' } },
  'idempotency-mismatch': {
    status: 422,
    title: { zh: '幂等键已用于不同的请求', en: 'The idempotency key was used for another request' },
  },
  'too-many-requests': { status: 429, title: { zh: '请求过于频繁', en: 'Too many requests' } },
  internal: { status: 500, title: { zh: '内部错误', en: 'Internal error' } },
  unavailable: { status: 503, title: { zh: '服务暂不可用', en: 'The service is not available now' } },
} as const satisfies Record<string, { status: number; title: Text }>;

export type ErrorCode = keyof typeof errorCodes;

/** One thing wrong with an input: where (RFC 6901 JSON pointer into the body), and what was expected and found. */
export interface InputProblem {
  readonly pointer: string;
  readonly message: Text;
}

/** What a caller can cause. Anything else that is thrown is a bug of ours and answered as `internal`. */
export class ProcessError extends Error {
  readonly code: ErrorCode;
  readonly detail: Text;
  /** Members that go beside `detail` into the RFC 9457 problem document. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, detail: Text, extra: Readonly<Record<string, unknown>> = {}) {
    super(`${code}: ${detail.en}`);
    this.name = 'ProcessError';
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}
