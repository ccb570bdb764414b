// Definition in, everything that runs or shows it out.
// In:  a ProcessDefinition that src/definition has checked (its conditions too: one that does not compile is our bug).
// Out: a CompiledProcess: lookup tables, compiled conditions, the digest that names the version, and an XState v5
//      machine whose config is plain JSON; single moves of that machine as data; drawings of the process.
// The machine knows positions and nothing else: no context, no guards, no timers, no activities. Whether a move is
// allowed is the engine's to say.
// Never: reads files or clocks, runs an actor, keeps the state of an instance. Only machine.ts and machine-paths.ts touch xstate.

export { clockUnder, isWorked } from './compile-clocks.ts';
export { compileProcess, compileVariant } from './compile-process.ts';
export { calendarDigest, digestOf } from './digest.ts';
export { drawGraph, type GraphFormat } from './draw-graph.ts';
export type { CardDetail } from './graph-card.ts';
export { graphPicture } from './graph-picture.ts';
export type { GraphPicture } from './graph-picture-types.ts';
export { startMachine, stepMachine } from './machine.ts';
export {
  advanceEvent,
  closeEvent,
  enterEvent,
  joinEvent,
  repeatEvent,
  reworkEvent,
  skipEvent,
} from './machine-config.ts';
export { type MachinePath, shortestPaths } from './machine-paths.ts';
export { markingAt } from './marking.ts';
export { openPlaces, type StepState, stepState, waitingPlaces } from './standing.ts';
