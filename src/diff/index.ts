// In:  two definitions of one process.
// Out: which element of one has become which of the other.
// Never: instances, I/O, a clock.

export { type Mapping, mappingOf } from './mapping.ts';
