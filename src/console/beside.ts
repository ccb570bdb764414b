import { useEffect, useState } from 'preact/hooks';
import { get, Refused } from './client.ts';

/** Ids in other files, by the kind of what they name. */
type Beside = Readonly<Record<string, readonly string[]>>;

interface Listed {
  readonly calendars?: readonly { readonly calendar: string }[];
  readonly processes?: readonly { readonly process: string }[];
}

/** The calendars and processes that a file may name; what cannot be read is not offered, and that is all. */
export function useBeside(): Beside {
  const [beside, setBeside] = useState<Beside>({});
  useEffect(() => {
    for (const [kind, path] of [
      ['calendar', '/v1/calendars'],
      ['process', '/v1/processes'],
    ] as const)
      get<Listed>(path).then(
        ({ calendars = [], processes = [] }) => {
          const ids = [...calendars.map(({ calendar }) => calendar), ...processes.map(({ process }) => process)];
          setBeside((known) => ({ ...known, [kind]: ids }));
        },
        (error: unknown) => {
          if (!(error instanceof Refused)) throw error;
        },
      );
  }, []);
  return beside;
}
