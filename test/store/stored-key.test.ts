import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyOf, storedKey } from '../../src/store/stored-key.ts';

it('gives back every key, in a spelling that every database takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (key) => {
      const stored = storedKey(key);
      expect(keyOf(stored)).toBe(key);
      expect(stored).not.toContain('\u0000');
      expect(Buffer.from(stored, 'utf8').toString('utf8')).toBe(stored);
    }),
  );
});

it('leaves an ordinary key as it is', () => {
  expect(storedKey('客户 C-1 👩‍💻')).toBe('客户 C-1 👩‍💻');
});

it('gives back as it stands what somebody has edited into no key', () => {
  expect(keyOf('C:\\x')).toBe('C:\\x');
});
