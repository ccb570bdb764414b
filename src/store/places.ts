import { bucketOf } from '../ids.ts';

/** The `[[bucket, id], …]` that `Dialect.places` reads, each once. */
export function placesOf(ids: readonly string[]): readonly (readonly [number, string])[] {
  return [...new Set(ids)].map((id) => [bucketOf(id), id]);
}
