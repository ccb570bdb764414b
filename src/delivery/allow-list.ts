import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;

/** Intranets that messages may be delivered to although nobody outside reaches them. */
export interface AllowList {
  /** Whether a host is named: by its own name, or as an address of a network that is. */
  hasHost(host: string): boolean;
  /** Whether an address belongs to a network that is named. */
  hasAddress(address: string): boolean;
}

const HOST = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}[a-z0-9_])?)*$/;

/** Of host names, IP addresses and networks (CIDR). Null: one of the entries is none of these. */
export function allowList(entries: readonly string[]): AllowList | null {
  const hosts = new Set<string>();
  const networks: (readonly [Address, number])[] = [];
  for (const entry of entries) {
    const network = networkOf(entry);
    if (network !== null) networks.push(network);
    else if (HOST.test(entry.toLowerCase()) && !/^[\d.]+$/.test(entry)) hosts.add(entry.toLowerCase());
    else return null;
  }
  const hasAddress = (text: string) => {
    const address = addressOf(text);
    return address !== null && networks.some(([network, bits]) => isWithin(address, network, bits));
  };
  return { hasHost: (host) => hosts.has(host) || hasAddress(host), hasAddress };
}

function networkOf(entry: string): readonly [Address, number] | null {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  const address = addressOf(entry);
  return address === null ? null : [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isWithin(address: Address, network: Address, bits: number): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Only addresses as the system itself writes them; an IPv4 address within an IPv6 one is what it is. */
export function addressOf(text: string): Address | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return null;
  return ipaddr.process(text);
}
