// What one version of a process says otherwise than another. In: two definitions of one process. Out: which element of
// one has become which of the other, and every difference: added, removed, renamed, moved, changed, each with what it was
// and is, and whether a gate, limit or time is tightened or loosened by it, which is found by trying cases.
// Never: instances, files, a clock.
export { diffProcesses, type Version } from './diff.ts';
export { type Mapping, mappingOf } from './mapping.ts';
export type { Change, ChangeKind, Diff, Effect, ElementKind, Topic } from './types.ts';
