import { SMALL } from './process.ts';

/** The small process with services that do its form, and what it builds. */
export const CALLING = [
  [
    'en: Form }, ',
    'en: Form }, call: { service: forms, sends: [staff], tries: 2, timeout: 20 minutes, wait: 10 minutes }, ',
  ],
  ['en: Build }, ', 'en: Build }, call: { service: works, sends: [price, limit], tries: 1, timeout: 1 hour }, '],
].reduce((text, [from = '', to = '']) => {
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  return text.replace(from, to);
}, SMALL);
