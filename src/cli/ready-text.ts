import type { Look } from './command.ts';

/** What is shown of a server that has started. */
export interface Ready {
  /** Where it listens: `http://127.0.0.1:7400`. */
  readonly url: string;
  /** Null: no link to sign in is shown. */
  readonly ticket: string | null;
  /** The secret of the first administrator's key; null: there was one before. */
  readonly key: string | null;
}

export function readyText({ language, paint }: Look, { url, ticket, key }: Ready): string {
  const say = words[language];
  const lines = [`${paint.green('✓')} ${say.ready(url)}`, ''];
  if (ticket !== null) lines.push(`  ${say.link}:`, `    ${paint.bold(`${reachable(url)}/sign-in#${ticket}`)}`, '');
  if (key !== null) {
    lines.push(
      `  ${say.key}:`,
      `    ${paint.bold(key)}`,
      `  ${say.try}:`,
      `    curl ${url}/v1/processes -H 'Authorization: Bearer ${key}'`,
      `  ${say.samples}:`,
      `    PHASEGATE_URL=${url} PHASEGATE_KEY=${key} npx phasegate demo`,
      '',
    );
  }
  return lines.length === 2 ? `${lines[0]}\n` : `${lines.join('\n')}\n`;
}

/** Every interface is no address that a browser opens. */
function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

const words = {
  zh: {
    ready: (url: string) => `phasegate 已就绪：${url}   接口说明：${url}/docs   按 Ctrl+C 停止`,
    link: '用浏览器以管理员身份登录（15 分钟内，仅一次）',
    key: '首次启动：这是管理员密钥，只显示这一次，请妥善保存',
    try: '试一试',
    samples: '装入一批示例',
  },
  en: {
    ready: (url: string) => `phasegate is ready: ${url}   reference: ${url}/docs   stop with Ctrl+C`,
    link: 'Sign in as administrator from a browser (once, within 15 minutes)',
    key: 'First start: this is the administrator’s key. It is shown this once; keep it',
    try: 'Try',
    samples: 'Run a set of sample deals',
  },
};
