import { bucketOf } from '../ids.ts';
import type { Database } from './database.ts';
import type { Link, Store } from './types.ts';

const place = ['bucket', 'parent', 'child', 'state', 'seq'];

export function childLinkQueries({ reader, writer }: Database): Pick<Store, 'openLinks' | 'closeLinks'> {
  return {
    async openLinks(after, limit) {
      const rows = reader('child_links').select('parent', 'child', 'state', 'seq').orderBy(place).limit(limit);
      if (after !== null) rows.whereRaw('(bucket, parent, child, state, seq) > (?, ?, ?, ?, ?)', placeOf(after));
      const found: readonly Link[] = await rows;
      return found;
    },
    async closeLinks(links) {
      if (links.length > 0) await writer('child_links').whereIn(place, links.map(placeOf)).delete();
    },
  };
}

function placeOf({ parent, child, state, seq }: Link): (string | number)[] {
  return [bucketOf(parent), parent, child, state, seq];
}
