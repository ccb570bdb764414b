import { isIP } from 'node:net';
import type { Text } from '../text.ts';
import { isAllowed } from './addresses.ts';
import type { AllowList } from './allow-list.ts';

/** Characters of an address. */
export const MOST_CHARACTERS = 2_000;

/** Why nothing may be delivered to an address that a subscriber gave; null: it may, as far as the address itself says. */
export function wrongAddress(given: string, allow: AllowList): Text | null {
  if (given.length > MOST_CHARACTERS || !URL.canParse(given)) {
    return {
      zh: `应为不超过 ${MOST_CHARACTERS} 个字符的完整网址，如 https://example.com/hook`,
      en: `should be a whole address of at most ${MOST_CHARACTERS} characters, e.g. https://example.com/hook`,
    };
  }
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { zh: `应以 https:// 开头；收到 ${url.protocol}`, en: `should begin with https://; found ${url.protocol}` };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      zh: '不应含用户名或密码；请由签名来确认来源',
      en: 'should hold no user name and no password; the signature says who sends',
    };
  }
  if (url.hash !== '') return { zh: '不应含 # 之后的部分', en: 'should hold nothing behind a #' };
  const host = hostOf(url);
  if (url.protocol === 'http:' && !allow.hasHost(host)) {
    return {
      zh: `应以 https:// 开头；http:// 只用于 PHASEGATE_WEBHOOK_ALLOW 中的主机，${host} 不在其中`,
      en: `should begin with https://; http:// is for hosts of PHASEGATE_WEBHOOK_ALLOW alone, and ${host} is none`,
    };
  }
  if (allow.hasHost(host)) return null;
  const isRefused = isIP(host) === 0 ? isLocalName(host) : !isAllowed(host, allow);
  if (!isRefused) return null;
  return {
    zh: `${host} 不是公网地址；内网主机由管理员列入 PHASEGATE_WEBHOOK_ALLOW`,
    en: `${host} is no public address; who runs the server may allow an intranet host with PHASEGATE_WEBHOOK_ALLOW`,
  };
}

/** The host as it is connected to: without brackets, numbers spelt out (`127.1` is `127.0.0.1`), no dot at the end. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** Names that only ever mean this machine (RFC 6761). */
function isLocalName(host: string): boolean {
  return host === '' || host === 'localhost' || host.endsWith('.localhost');
}
