// In:  the entries of one instance after the other as they were recorded, the versions that they were decided on, and a
//      candidate: another definition of the same process.
// Out: what the candidate would have decided otherwise, and which SLAs it would have had breached or saved; each command is
//      decided by the engine itself, in the state in which it was made.
// Never: reads a database or a clock, writes anything, judges what follows a difference by anything but what really happened.

export { createReplay, type Replay } from './replay-instance.ts';
export { createTally, type Tally } from './tally.ts';
