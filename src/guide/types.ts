/** Words for people in both languages. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** What an editor needs to know of process files to help with writing them. */
export interface Guide {
  /** The outermost level of a file. */
  readonly top: Place;
  /** Places that others name. */
  readonly places: Readonly<Record<string, Place>>;
  /** What references name: where it is declared, and how people call it. */
  readonly kinds: Readonly<Record<string, Kind>>;
  /** What conditions are written with. */
  readonly conditionWords: readonly ConditionWord[];
}

/** What may stand somewhere in a file: of each of these that is there. */
export interface Place {
  /** Words of the language that may be keys here, in the order in which files are written. */
  readonly words?: Readonly<Record<string, Word>>;
  /** Keys are ids that the file gives; this stands at each. */
  readonly each?: PlaceOrName;
  /** In a list. */
  readonly items?: PlaceOrName;
  /** Values of a closed list. */
  readonly values?: readonly string[];
  /** Kinds of what a value names. */
  readonly names?: readonly string[];
  /** A value is a condition. */
  readonly isCondition?: true;
}

export type PlaceOrName = Place | string;

export interface Word {
  readonly title: Said;
  readonly help: Said;
  readonly isRequired: boolean;
  readonly place: PlaceOrName;
}

export interface Kind {
  readonly name: Said;
  /** Where the ids of this kind are declared: `*` is any id, or any item of a list. Empty: in other files. */
  readonly homes: readonly string[];
}

/** A function, method, operator or literal of conditions. */
export interface ConditionWord {
  readonly name: string;
  readonly kind: 'function' | 'method' | 'operator' | 'literal';
  /** How it is written, with the types of what goes in and comes out. */
  readonly signature: string;
  readonly help: Said;
  readonly example: string;
}
