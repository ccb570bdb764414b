import { SMALL } from './process.ts';

/** The small process with everything timed, roles that are raised to each part, and what time then does. */
export const TIMED = [
  [
    'override: { by: boss }',
    'override: { by: boss }\nsla: { within: 12 days, pause: any, warn: 50%, breach: { raise: boss } }',
  ],
  ['en: Intake }', 'en: Intake }\n        sla: { within: 1 day, warn: [50%, 2 hours], breach: { raise: boss } }'],
  ['en: Form }, ', 'en: Form }, sla: { within: 2 days, breach: { raise: boss, reassign: { actor: eve } } }, '],
  ['en: Copy }, ', 'en: Copy }, sla: { within: 3 days, from: seen_at, breach: { raise: clerk } }, '],
  [
    'en: Work }',
    'en: Work }\n    sla: { within: 4 days, escalate: [{ after: 1 day, raise: clerk }, { after: 2 days, do: { type: advance, step: make } }] }',
  ],
  [
    'en: Make }',
    'en: Make }\n        sla: { within: 2 days, on_rework: continue, pause: any, breach: { raise: clerk } }',
  ],
  ['en: Budget }, ', 'en: Budget }, sla: { due: due, breach: { raise: clerk } }, '],
  [
    'mode: { at_least: 2 }, order: sequence }\n',
    'mode: { at_least: 2 }, order: sequence }\n            sla: { within: 6 hours, breach: { raise: boss } }\n',
  ],
  [
    'en: Check }',
    'en: Check }\n        sla: { within: 1 day, warn: 3 hours, escalate: [{ after: 3 hours, raise: clerk }] }',
  ],
  ['"price > 500", by: boss, ', '"price > 500", by: boss, sla: { within: 3 hours, breach: { raise: clerk } }, '],
].reduce((text, [from = '', to = '']) => {
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  return text.replace(from, to);
}, SMALL);
