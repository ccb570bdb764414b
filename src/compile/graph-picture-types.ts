import type { Language } from '../text.ts';

/** Where everything of a process stands, in pixels from the top left; nodes come in the order in which they are read. */
export interface GraphPicture {
  readonly process: string;
  readonly title: string;
  readonly language: Language;
  readonly width: number;
  readonly height: number;
  readonly phases: readonly (Box & {
    readonly id: string;
    readonly title: string;
    readonly source: string | null;
    /** How its steps run side by side; null: one after the other. */
    readonly mode: string | null;
  })[];
  readonly nodes: readonly GraphNode[];
  readonly ways: readonly GraphWay[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphNode extends Box {
  /** `start`, `end`, `step/demo`, `gate/demo/exit`, `outcome/won`. */
  readonly id: string;
  readonly kind: 'start' | 'end' | 'step' | 'gate' | 'outcome';
  readonly phase: string | null;
  /** The step that it is, or whose gate it is. */
  readonly step: string | null;
  readonly title: string;
  readonly source: string | null;
  readonly isOptional: boolean;
  readonly lines: readonly GraphLine[];
  /** Where the room for lines of others begins, below the top; null: it is no step. */
  readonly room: number | null;
}

/** A line of text of a node. */
export interface GraphLine {
  readonly kind: 'title' | 'fact' | 'rule' | 'activity' | 'milestone' | 'count' | 'caption';
  /** Pixels below the node's top. */
  readonly top: number;
  /** Empty: `rule`, a line across. */
  readonly text: string;
  /** Of the policy, before a title. */
  readonly clause: string | null;
  /** What stands before it: a sign for the kind of fact, a bullet for that of activity. */
  readonly mark: string | null;
  readonly indent: number;
}

export interface GraphWay {
  readonly kind: 'flow' | 'route' | 'rework';
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  /** Condition of a route. */
  readonly label: string | null;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}
