/** Late a minute after `begun_at`, warned three seconds before; being late closes it. */
export const PROMISE = `process: promise
title: { zh: 承诺, en: Promise }
subject: promise
roles: { clerk: { title: { zh: 职员, en: Clerk } }, boss: { title: { zh: 主管, en: Boss } } }
fields: { begun_at: { type: datetime } }
outcomes: { kept: { title: { zh: 履行, en: Kept } }, broken: { title: { zh: 违约, en: Broken }, from: any } }
phases:
  keep:
    title: { zh: 履行, en: Keep }
    steps:
      it:
        title: { zh: 履行, en: Keep it }
        owner: clerk
        milestone: kept
        sla: { within: 1 minute, from: begun_at, warn: 95%, breach: { notify: boss, do: { type: close, outcome: broken, reason: late } } }
        activities:
          begin: { title: { zh: 开始, en: Begin }, optional: true, supplies: [begun_at] }
`;

/** Milliseconds from `begun_at` until it is late, and from the warning until then. */
export const PROMISED_WITHIN = 60_000;
export const WARNED_BEFORE = 3_000;
