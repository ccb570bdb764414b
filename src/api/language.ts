import type { Language } from '../text.ts';

/** The language of `title` and `detail`: what `Accept-Language` prefers of zh and en (RFC 9110, 12.5.4); English otherwise. */
export function preferredLanguage(header: string | undefined): Language {
  if (header === undefined || header.length > 400) return 'en';
  const weight: Record<Language | '*', number> = { zh: -1, en: -1, '*': -1 };
  for (const part of header.split(',')) {
    const [range = '', ...parameters] = part.split(';');
    const primary = range.trim().toLowerCase().split('-')[0];
    if (primary !== 'zh' && primary !== 'en' && primary !== '*') continue;
    const quality = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(p)?.[1]).find((q) => q !== undefined);
    weight[primary] = Math.max(weight[primary], quality === undefined ? 1 : Number(quality));
  }
  const zh = weight.zh < 0 ? Math.max(weight['*'], 0) : weight.zh;
  const en = weight.en < 0 ? Math.max(weight['*'], 0) : weight.en;
  return zh > en ? 'zh' : 'en';
}
