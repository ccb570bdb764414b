import { describe, expect, it } from 'vitest';
import { preferredLanguage } from '../../src/api/language.ts';

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['zh', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['ZH-Hans', 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['en;q=0.5, zh;q=0.7', 'zh'],
    ['de, fr;q=0.5', 'en'],
    ['de, zh;q=0.1', 'zh'],
    ['zh;q=0', 'en'],
    ['*', 'en'],
    ['en;q=0.4, *;q=0.8', 'zh'],
    ['zh;q=banana', 'zh'],
    [`${'x,'.repeat(500)}zh`, 'en'],
  ])('reads %j as %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
