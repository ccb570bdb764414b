// Not from the `index.ts` of these folders: every command reads its settings, and few need a server or a database.
import { defaultApiLimits } from '../api/limits.ts';
import { allowList } from '../delivery/allow-list.ts';
import { serviceDefaults } from '../service/defaults.ts';
import { storeDefaults } from '../store/defaults.ts';
import type { Language } from '../text.ts';
import { listOf, oneOf, text, whole } from './setting.ts';
import { tokenSettings } from './token-settings.ts';

const api = defaultApiLimits;
const languages: readonly Language[] = ['zh', 'en'];

/**
 * Everything that can be configured, with its default. `dbClient` here is `PHASEGATE_DB_CLIENT` in the environment and
 * `--db-client` on the command line.
 */
export const settings = {
  lang: oneOf<Language, Language | null>(languages, {
    group: 'common',
    default: null,
    help: {
      zh: '输出语言；默认取自 LC_ALL、LC_MESSAGES、LANG，否则为 en',
      en: 'language of the output; default: from LC_ALL, LC_MESSAGES or LANG, else en',
    },
  }),

  url: text({
    group: 'client',
    default: 'http://127.0.0.1:7400',
    form: /^https?:\/\/[^\s/]+(\/\S*)?$/,
    help: { zh: '要访问的服务', en: 'the server to talk to' },
    expected: { zh: '以 http:// 或 https:// 开头的地址', en: 'an address that begins with http:// or https://' },
  }),
  key: text<string | null>({
    group: 'client',
    default: null,
    secret: true,
    // `start --key` is the business key, and a secret on the command line is seen by every user of the machine.
    flag: false,
    form: /^[\x21-\x7e]{1,8000}$/,
    help: {
      zh: '访问服务所用的密钥或令牌（只能用环境变量给出）',
      en: 'the API key or token to show to the server (by environment only)',
    },
    expected: { zh: '1–8000 个可见的 ASCII 字符', en: '1–8000 visible ASCII characters' },
  }),

  sandbox: oneOf<'on' | 'off'>(['on', 'off'], {
    group: 'client',
    default: 'off',
    help: {
      zh: 'on：在沙盒中操作，与真实业务完全隔离，可启动草稿',
      en: 'on: work in the sandbox, apart from all real business, where drafts can be started',
    },
  }),

  data: text({
    group: 'database',
    default: 'data',
    help: { zh: 'SQLite 文件所在目录', en: 'folder of the SQLite file' },
    expected: { zh: '一个目录', en: 'a folder' },
  }),
  db: text<string | null>({
    group: 'database',
    default: null,
    form: /^(sqlite:|postgres:\/\/|postgresql:\/\/)./,
    help: {
      zh: '数据库：sqlite:文件 或 postgres://…；默认为数据目录中的 phasegate.db',
      en: 'database: sqlite:FILE or postgres://…; default: phasegate.db in the data folder',
    },
    expected: {
      zh: 'sqlite:文件路径 或 postgres://用户@主机/库',
      en: 'sqlite:path/to/file or postgres://user@host/name',
    },
  }),
  dbClient: oneOf<'sqlite3' | 'better-sqlite3'>(['sqlite3', 'better-sqlite3'], {
    group: 'database',
    default: storeDefaults.client,
    help: { zh: 'SQLite 驱动', en: 'driver for SQLite' },
  }),
  synchronous: oneOf<'FULL' | 'NORMAL'>(['FULL', 'NORMAL'], {
    group: 'database',
    default: storeDefaults.synchronous,
    help: {
      zh: 'SQLite 落盘方式；NORMAL 断电时可能丢失最近的提交',
      en: 'when SQLite syncs; with NORMAL a power cut may lose the last commits',
    },
  }),
  cacheMb: whole({
    group: 'database',
    default: storeDefaults.cacheMb,
    min: 1,
    max: 65_536,
    help: {
      zh: 'SQLite 两个连接各自的页缓存（MiB），随使用增长；默认为可用内存的 1/32，16–1024',
      en: 'page cache of each of the two SQLite connections, MiB, taken as it fills; a 32nd of the memory, 16–1024',
    },
  }),
  walAutocheckpoint: whole({
    group: 'database',
    default: storeDefaults.walAutocheckpoint,
    min: 100,
    max: 1_000_000,
    help: {
      zh: 'SQLite 预写日志达到多少页时写回文件',
      en: 'pages of the SQLite log before it is copied into the file',
    },
  }),

  host: text({
    group: 'server',
    default: '127.0.0.1',
    form: /^[A-Za-z0-9.:_-]{1,253}$/,
    help: {
      zh: '监听的地址；0.0.0.0 表示所有网络接口',
      en: 'address to listen on; 0.0.0.0 is every network interface',
    },
    expected: { zh: '主机名或 IP 地址', en: 'a host name or an IP address' },
  }),
  port: whole({
    group: 'server',
    default: 7400,
    min: 0,
    max: 65_535,
    help: { zh: '监听的端口；0 表示任一空闲端口', en: 'port to listen on; 0 is any free one' },
  }),
  processes: text({
    group: 'files',
    default: 'processes',
    help: { zh: '启动时发布的流程文件目录', en: 'folder of the process files that are published at start' },
    expected: { zh: '一个目录', en: 'a folder' },
  }),
  review: oneOf<'four-eyes' | 'off'>(['four-eyes', 'off'], {
    group: 'server',
    default: serviceDefaults.review,
    help: {
      zh: 'four-eyes：新版本须由作者以外的人评审后才能发布；off：管理员可直接发布',
      en: 'four-eyes: a version is published after somebody else than its author has approved it; off: at once',
    },
  }),
  adminKey: text<string | null>({
    group: 'server',
    default: null,
    secret: true,
    form: /^[\x21-\x7e]{16,200}$/,
    help: {
      zh: '管理员密钥，不存在时登记（建议用环境变量）',
      en: 'an administrator’s key, added when it is missing (better by environment)',
    },
    expected: { zh: '16–200 个可见的 ASCII 字符', en: '16–200 visible ASCII characters' },
  }),
  signInLink: oneOf<'terminal' | 'always' | 'never'>(['terminal', 'always', 'never'], {
    group: 'server',
    default: 'terminal',
    help: {
      zh: '启动时打印管理员的一次性登录链接：terminal 仅在终端上（服务的日志中不应有它）',
      en: 'print a link that signs an administrator in, once: terminal is at a terminal only (a log should hold none)',
    },
  }),
  ...tokenSettings,
  logLevel: oneOf<'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'>(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    { group: 'server', default: 'info', help: { zh: '日志级别', en: 'least level that is logged' } },
  ),
  jsonBytes: whole({
    group: 'server',
    default: api.jsonBytes,
    min: 1_024,
    max: 16_777_216,
    help: { zh: 'JSON 请求体的最大字节数', en: 'most bytes of a JSON body' },
  }),
  bulkBytes: whole({
    group: 'server',
    default: api.bulkBytes,
    min: 1_024,
    max: 67_108_864,
    help: { zh: '批量请求体（JSON）的最大字节数', en: 'most bytes of the JSON body of a bulk' },
  }),
  yamlBytes: whole({
    group: 'server',
    default: api.yamlBytes,
    min: 1_024,
    max: 16_777_216,
    help: { zh: 'YAML 请求体的最大字节数', en: 'most bytes of a YAML body' },
  }),
  drainBytes: whole({
    group: 'server',
    default: api.drainBytes,
    min: 0,
    max: 1_073_741_824,
    help: {
      zh: '请求体过大时最多读完丢弃的字节数',
      en: 'most bytes of a body that is too large that are read and thrown away',
    },
  }),
  jsonDepth: whole({
    group: 'server',
    default: api.jsonDepth,
    min: 8,
    max: 256,
    help: { zh: 'JSON 请求体的最大嵌套层数', en: 'most levels of a JSON body' },
  }),
  headerBytes: whole({
    group: 'server',
    default: api.headerBytes,
    min: 2_048,
    max: 1_048_576,
    help: { zh: '请求头的最大字节数', en: 'most bytes of the headers of a request' },
  }),
  headersTimeoutMs: whole({
    group: 'server',
    default: api.headersTimeoutMs,
    min: 100,
    max: 600_000,
    help: { zh: '请求头须在多少毫秒内到齐', en: 'milliseconds for the headers to arrive' },
  }),
  requestTimeoutMs: whole({
    group: 'server',
    default: api.requestTimeoutMs,
    min: 100,
    max: 600_000,
    help: { zh: '请求须在多少毫秒内到齐并得到回答', en: 'milliseconds for a request to arrive and be answered' },
  }),
  longRequestTimeoutMs: whole({
    group: 'server',
    default: api.longRequestTimeoutMs,
    min: 100,
    max: 3_600_000,
    help: {
      zh: '涉及全部进行中实例的请求（plan、apply、revert）须在多少毫秒内得到回答',
      en: 'milliseconds for a request over all open instances (plan, apply, revert) to be answered',
    },
  }),
  keepAliveTimeoutMs: whole({
    group: 'server',
    default: api.keepAliveTimeoutMs,
    min: 100,
    max: 600_000,
    help: { zh: '空闲连接保留的毫秒数', en: 'milliseconds that an idle connection is kept' },
  }),
  requestsPerSecond: whole({
    group: 'server',
    default: api.requestsPerSecond,
    min: 1,
    max: 1_000_000,
    help: { zh: '每个操作人每秒的请求数上限', en: 'requests per second and actor' },
  }),
  strangersPerSecond: whole({
    group: 'server',
    default: api.strangersPerSecond,
    min: 1,
    max: 1_000_000,
    help: {
      zh: '每个网络地址每秒无有效密钥的请求数上限',
      en: 'requests without a valid key per second and network address',
    },
  }),
  streamsPerActor: whole({
    group: 'server',
    default: api.streamsPerActor,
    min: 1,
    max: 10_000,
    help: { zh: '每个操作人同时的流数上限', en: 'streams of one actor at a time' },
  }),
  streamsInAll: whole({
    group: 'server',
    default: api.streamsInAll,
    min: 1,
    max: 10_000,
    help: { zh: '同时的流数上限', en: 'streams of all actors at a time' },
  }),
  streamBufferBytes: whole({
    group: 'server',
    default: api.streamBufferBytes,
    min: 65_536,
    max: 64 * 1024 * 1024,
    help: {
      zh: '慢读者最多积压的字节数，超过则断开（重连后续传）',
      en: 'bytes that wait for a slow reader of a stream before it is cut off (it comes again and goes on)',
    },
  }),
  heartbeatMs: whole({
    group: 'server',
    default: api.heartbeatMs,
    min: 100,
    max: 600_000,
    help: { zh: '流的心跳间隔（毫秒）', en: 'milliseconds between two signs of life of a stream' },
  }),
  pageDefault: whole({
    group: 'server',
    default: api.pageDefault,
    min: 1,
    max: 200,
    help: { zh: '列表每页的默认条数', en: 'items of a page when the caller does not say' },
  }),
  pageMax: whole({
    group: 'server',
    default: api.pageMax,
    min: 1,
    max: 200,
    help: { zh: '列表每页的最多条数', en: 'most items of a page' },
  }),
  exportMost: whole({
    group: 'server',
    default: api.exportMost,
    min: 1,
    max: 1_000_000,
    help: { zh: '一次导出的最多历史条数', en: 'most entries of the history in one file that is handed out' },
  }),
  webhookAllow: listOf({
    group: 'server',
    default: [],
    isItem: (item) => allowList([item]) !== null,
    help: {
      zh: '消息除公网外可发往的内网主机、地址或网段，以逗号分隔；对它们也接受 http://',
      en: 'hosts, addresses or networks of intranets that messages may go to beside public ones, also over http://',
    },
    expected: {
      zh: '主机名、IP 地址或 CIDR 网段，以逗号分隔',
      en: 'host names, IP addresses or CIDR networks, with commas between them',
    },
  }),
  smtpUrl: text<string | null>({
    group: 'server',
    default: null,
    secret: true,
    // Its password would be seen by every user of the machine.
    flag: false,
    form: /^smtps?:\/\/[^\s/]+$/,
    help: {
      zh: '发送邮件的服务器：smtp://用户:密码@主机:端口（或 smtps:；只能用环境变量给出）',
      en: 'the server that letters are sent by: smtp://USER:PASSWORD@HOST:PORT (or smtps:; by environment only)',
    },
    expected: { zh: 'smtp:// 或 smtps:// 开头的地址', en: 'an address that begins with smtp:// or smtps://' },
  }),
  mailFrom: text<string | null>({
    group: 'server',
    default: null,
    form: /^(?:[^<>"\r\n]{1,100} <[^\s<>@]{1,64}@[^\s<>@]{1,190}>|[^\s<>@]{1,64}@[^\s<>@]{1,190})$/,
    help: { zh: '邮件的发件人，例如 phasegate@example.com', en: 'who letters are from, e.g. phasegate@example.com' },
    expected: {
      zh: '一个邮箱地址，可在前面写名称',
      en: 'an address, with a name before it if you like: Sales <a@example.com>',
    },
  }),
  maxQueued: whole({
    group: 'server',
    default: serviceDefaults.maxQueued,
    min: 1,
    max: 1_000_000,
    help: { zh: '等待处理的命令数上限', en: 'commands that may wait for a decision' },
  }),
  maxCached: whole({
    group: 'server',
    default: serviceDefaults.maxCached,
    min: 1,
    max: 1_000_000,
    help: { zh: '内存中保留的实例数', en: 'instances kept in memory' },
  }),
  idempotencyDays: whole({
    group: 'server',
    default: serviceDefaults.idempotencyDays,
    min: 7,
    max: 3_650,
    help: { zh: '幂等键保留的天数', en: 'days that idempotency keys are remembered' },
  }),
};
