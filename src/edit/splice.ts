/** The text from `start` to `end` (offsets of UTF-16 units) becomes `text`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Every splice is of the text as it was; none may overlap another. */
export function splice(text: string, splices: readonly Splice[]): string {
  // What is put in at a place comes before what is taken out from there on.
  const sorted = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  let [made, done] = ['', 0];
  for (const { start, end, text: put } of sorted) {
    if (start < done) throw new Error(`two splices of one text overlap at ${start}`);
    made += text.slice(done, start) + put;
    done = end;
  }
  return made + text.slice(done);
}
