import ipaddr from 'ipaddr.js';
import { type AllowList, addressOf } from './allow-list.ts';

/** What is given out for public use (RFC 4291): all other IPv6 addresses are local, reserved or a way to something else. */
const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Whether packets may go to an address: it is public, or of a network that is allowed. */
export function isAllowed(text: string, allow: AllowList): boolean {
  const address = addressOf(text);
  if (address === null) return false;
  if (allow.hasAddress(text)) return true;
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(PUBLIC_IPV6);
}
