/** The n-th instance of a filled file (from 0): a UUID of version 7 that is in order of `n` and known to every process. */
export function instanceIdAt(n: number): string {
  const time = (FIRST + n * 7).toString(16).padStart(12, '0');
  const low = mix(n).toString(16).padStart(8, '0');
  const high = mix(n ^ 0x5bd1e995)
    .toString(16)
    .padStart(8, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${low.slice(0, 3)}-8${low.slice(3, 6)}-${low.slice(6)}${high}ab`;
}

const FIRST = Date.parse('2025-01-06T01:00:00.000Z');

function mix(n: number): number {
  let h = Math.imul(n ^ (n >>> 16), 0x45d9f3b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 16)) >>> 0;
}
