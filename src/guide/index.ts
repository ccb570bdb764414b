// What an editor of process files needs to help with writing. In: the JSON Schema of process files, the words that name
// elements (`edit`), the words of conditions (`expr`). Out: one plain value, the guide, which the build writes for the console
// (`build-guide.ts`): which words may stand where, what they mean, what their values name.
// Never: I/O, clock; nothing of it is said here that is not said by the language itself.
export { makeGuide } from './make-guide.ts';
export type { Guide, Kind, Place, PlaceOrName, Word } from './types.ts';
