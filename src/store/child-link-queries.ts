import { bucketOf } from '../ids.ts';
import type { Database } from './database.ts';
import type { Link, Store } from './types.ts';

const place = ['bucket', 'parent', 'child', 'state'];

export function childLinkQueries({ reader }: Database): Pick<Store, 'openLinks'> {
  return {
    async openLinks(after, limit) {
      const rows = reader('child_links').select('parent', 'child', 'state').orderBy(place).limit(limit);
      if (after !== null) {
        const { parent, child, state } = after;
        rows.whereRaw('(bucket, parent, child, state) > (?, ?, ?, ?)', [bucketOf(parent), parent, child, state]);
      }
      const found: readonly Link[] = await rows;
      return found;
    },
  };
}
