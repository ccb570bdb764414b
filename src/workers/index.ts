// In:  a service (or a clock to look at), and how often.
// Out: loops that all have `start`, `stop` and `runOnce`; each asks one use case for one batch at a time.
// Never: touches a database, keeps the process alive, runs twice at once, decides anything about an instance.

export { createChildren } from './children.ts';
export { createDeliveries, createMessageTidying } from './deliveries.ts';
export { createLoop, type Loop, type LoopOptions } from './loop.ts';
export { createRetention } from './retention.ts';
export { createFigureFiling, createRowFiling } from './row-filing.ts';
export { createSchedules } from './schedules.ts';
export { createSignalRetention, createSignals } from './signals.ts';
export { createStreaming } from './streaming.ts';
export { createTimekeeping } from './timekeeping.ts';
export { createTimers } from './timers.ts';
