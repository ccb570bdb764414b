// Edits of process files by program. In: the text of a file, and a list of small operations (set an SLA, rename a step,
// move it). Out: the text with only those lines touched that an operation is about, and the problems of the new file.
// Text is spliced at the places of its YAML nodes and never written anew from data; each operation is carried out on the
// data as well, and the edited text must say just that.
// Never: files, clock, network, a change of anything that no operation names.
export { type Edited, editProcess } from './edit-process.ts';
export { homes, type Kind, kindNames } from './kinds.ts';
export { membersOf, operationNames } from './operations.ts';
export { readValue } from './read-value.ts';
export { named, slas } from './references.ts';
