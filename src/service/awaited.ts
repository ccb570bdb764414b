import type { Actor } from '../engine/types.ts';

/** Values of which signals may have been kept that an instance now takes. */
export interface Awaited {
  add(tenant: Actor['tenant'], value: string): void;
  /** Hands out at most `limit` of them. */
  take(limit: number): readonly { readonly tenant: string; readonly value: string }[];
  /** True, once, where more came than are remembered. */
  overflowed(): boolean;
}

const MOST = 10_000;

/** Remembered in memory: what a crash forgets is found by the look at all kept signals after a start. */
export function createAwaited(): Awaited {
  const values = new Map<string, { readonly tenant: string; readonly value: string }>();
  let isOver = false;
  return {
    add(tenant, value) {
      if (values.size < MOST) values.set(`${tenant}\0${value}`, { tenant, value });
      else isOver = true;
    },
    take(limit) {
      const taken = [...values].slice(0, limit);
      for (const [name] of taken) values.delete(name);
      return taken.map(([, value]) => value);
    },
    overflowed() {
      const was = isOver;
      isOver = false;
      return was;
    },
  };
}
