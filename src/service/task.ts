import type { CompiledProcess } from '../compile/types.ts';
import type { Migrated, Migration } from '../engine/index.ts';
import type { Command } from '../engine/types.ts';
import type { EvidenceAsk } from './evidence-source.ts';
import type { Accepted, WriteRequest } from './types.ts';

/** One command on its way through `apply`, and whom to answer. */
export interface Task {
  readonly target: StartTarget | EventTarget;
  readonly command: Command;
  readonly request: WriteRequest;
  /** The bulk it came in, whose commands are decided in their order; null: it came alone. */
  readonly bulk: symbol | null;
  /** Nobody is to know that it was refused: time asked, and another node was first. */
  readonly isQuiet: boolean;
  /** Its place in the order in which commands came. */
  readonly arrival: number;
  /** How often it was tried; another node may have been first each time. */
  attempts: number;
  /** Decided in a batch of its own instance alone, because together with others it could not be committed. */
  alone: boolean;
  /** The store said that its business key is taken. */
  keyTaken: boolean;
  /** Evidence that deciding it asked for beside what its instance showed. */
  readonly asks: EvidenceAsk[];
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
}

/** A command as it is handed in. */
export type Order = Pick<Task, 'target' | 'command' | 'request'> & {
  readonly bulk?: symbol | null;
  readonly isQuiet?: boolean;
};

/** An order as it is queued, with how many came before it and whom to answer. */
export function taskOf(
  { target, command, request, bulk = null, isQuiet = false }: Order,
  arrival: number,
  { resolve, reject }: Pick<Task, 'resolve' | 'reject'>,
): Task {
  return {
    target,
    command,
    request,
    bulk,
    isQuiet,
    arrival,
    attempts: 0,
    alone: false,
    keyTaken: false,
    asks: [],
    resolve,
    reject,
  };
}

export interface StartTarget {
  readonly kind: 'start';
  readonly process: CompiledProcess;
  readonly version: number;
}

export interface EventTarget {
  readonly kind: 'event';
  readonly id: string;
  /** Of a command that takes it to another version. */
  readonly to?: VersionTarget;
}

/** The version that an instance goes over to, or back to. */
export type VersionTarget =
  | {
      readonly kind: 'migrate';
      readonly process: CompiledProcess;
      readonly migration: Migration;
      /** Whether what was decided is what was planned; else the instance stays where it is. */
      readonly isPlanned: (decision: Migrated) => boolean;
    }
  | { readonly kind: 'revert'; readonly process: CompiledProcess };
