// Scenarios: what a process must do, in its owner's words, tried without a server.
// In:  the text of a `<process>.test.yaml`; the compiled process that it is about.
// Out: typed scenarios and every problem of the file; what of each scenario is not as it says, with the history until
//      then; what the scenarios cover; which small changes of the definition none of them notices; scenarios that lack.
// The engine decides, on a virtual clock: a step is one command, and time sends what it would send in the service.
// Never: files, clock, network, random; the process and the scenarios are not changed.
export { catchMutants, type MutationReport } from './catch-mutants.ts';
export { type Coverage, countSeen, coverageOf } from './coverage.ts';
export { proposalText } from './proposal-text.ts';
export { type ProposedScenario, proposeScenarios } from './propose-scenarios.ts';
export { type ReadScenarios, readScenarios } from './read-scenarios.ts';
export { createRunner, type Runner, runScenarios } from './run-scenarios.ts';
export type * from './types.ts';
