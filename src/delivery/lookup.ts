import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isAllowed } from './addresses.ts';
import type { AllowList } from './allow-list.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Every address of a host. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

/** A host whose address may not be delivered to. */
export class RefusedAddress extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

export const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, found) =>
      error === null ? resolve(found) : reject(error),
    );
  });

/**
 * The lookup of a socket: it connects to the very addresses that were looked at here, so that a name cannot mean another
 * address a moment later. One that is refused refuses them all.
 */
export function guardedLookup(resolve: Resolve, allow: AllowList): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (found) => {
        const refused = found.find(({ address }) => !allow.hasHost(host) && !isAllowed(address, allow));
        const [first] = found;
        if (refused !== undefined || first === undefined) {
          done(new RefusedAddress(`${host} is at ${refused?.address ?? 'no address'}`), '', 0);
        } else if (options.all) done(null, [...found]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };
}
