import { totalmem } from 'node:os';

/** A 32nd of what there is, 16 to 1,024 MiB: deals picked at random from a million want most of their pages at hand. */
export function cacheMbFor(memoryBytes: number): number {
  return Math.min(1024, Math.max(16, Math.floor(memoryBytes / 2 ** 20 / 32)));
}

/** Bytes of memory that this process may use: the machine's, or what a container leaves it. */
export function availableMemory(): number {
  const constrained = process.constrainedMemory() ?? 0;
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
}
