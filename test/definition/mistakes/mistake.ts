/**
 * One mistake in the sound file: what is replaced, by what (the offending words in « »), and the codes expected
 * there, in order.
 */
export type Mistake = readonly [from: string, to: string, ...codes: string[]];
