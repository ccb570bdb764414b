import type { Text } from '../text.ts';

const LOCAL = /^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
/** Characters of an address (RFC 5321, 4.5.3.1). */
const MOST = { local: 64, all: 254 };

/** Why `mailto:` and one address in ASCII is not what this is; null: it is. */
export function wrongMailAddress(url: string): Text | null {
  const address = url.startsWith('mailto:') ? url.slice('mailto:'.length) : '';
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  const labels = domain.split('.');
  const isOne =
    at > 0 &&
    address.length <= MOST.all &&
    local.length <= MOST.local &&
    LOCAL.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label));
  if (isOne) return null;
  const found = JSON.stringify(url.slice(0, 100));
  return {
    zh: `应为 mailto: 加一个邮箱地址，例如 mailto:mei@example.com；收到 ${found}`,
    en: `should be mailto: and one address, e.g. mailto:mei@example.com; found ${found}`,
  };
}
