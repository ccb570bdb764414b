// In:  arguments, an environment, streams.
// Out: an exit code: 0 done, 1 refused or problems found, 2 wrong usage, 3 no server answered; words for people in
//      Chinese or English; `serve` puts the whole product together (this is the composition root).
// Never: decides anything about a process; reads process.env or process.argv outside main.ts; writes a secret to a log.

export { type Config, readConfig } from './config.ts';
export { exitCodes } from './exit.ts';
export type { Io } from './io.ts';
export { main } from './program.ts';
