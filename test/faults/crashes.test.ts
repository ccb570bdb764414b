import { describe, expect, it } from 'vitest';
import { crashAgain } from './crashes.ts';

// A few kills; `npm run faults` makes 200.

describe.each(['sqlite3', 'better-sqlite3'] as const)('a server on %s that is killed while clients write', (client) => {
  it('loses nothing it has answered, leaves nothing half, and holds its file alone', async () => {
    const result = await crashAgain({ kills: 2, client, writers: 8, seed: 42 });
    expect(result.findings).toMatchObject({ lost: [], halves: [] });
    expect(result).toMatchObject({ kills: 2, underLoad: 2, verified: result.findings.entries });
    expect(result.acknowledged).toBeGreaterThan(16);
    expect(result.secondServer).toMatch(/^refused with exit code 1:.*in use by another phasegate server/s);
  });
});
