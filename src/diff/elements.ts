import type { Gate, Phase, ProcessDefinition, Step } from '../definition/types.ts';
import type { Json } from '../json.ts';
import type { ElementKind } from './types.ts';

export type Members = Readonly<Record<string, Json>>;

/** One element of a definition with its own words; what stands inside of it are elements of their own. */
export interface Element {
  readonly kind: ElementKind;
  readonly id: string;
  /** Keys to it in the file. */
  readonly path: readonly string[];
  /** The list that it is an item of: elements with one home have an order. */
  readonly home: string;
  readonly own: Members;
}

/** Every element of a definition, in the order of the file. */
export function elementsOf(definition: ProcessDefinition): readonly Element[] {
  const { roles, fields, tables, outcomes, evidence, signals, retired, phases, ...process } = definition;
  const list = (kind: ElementKind, word: string, elements: readonly { readonly id: string }[]) =>
    elements.map((element) => make(kind, [word, element.id], element));
  return [
    make('process', [], { id: process.process, ...process }),
    ...list('role', 'roles', roles),
    ...list('field', 'fields', fields),
    ...list('table', 'tables', tables),
    ...list('outcome', 'outcomes', outcomes),
    ...list('evidence', 'evidence', evidence),
    ...list('signal', 'signals', signals),
    ...list('retired', 'retired', retired),
    ...phases.flatMap(ofPhase),
  ];
}

function ofPhase({ steps, entry, exit, ...phase }: Phase): readonly Element[] {
  const path = ['phases', phase.id];
  return [
    make('phase', path, phase),
    ...ofGate(path, 'entry', entry),
    ...steps.flatMap((step) => ofStep(path, step)),
    ...ofGate(path, 'exit', exit),
  ];
}

function ofStep(phase: readonly string[], step: Step): readonly Element[] {
  const { activities, approvals, starts, entry, exit, ...own } = step;
  const path = [...phase, 'steps', own.id];
  return [
    make('step', path, own),
    ...ofGate(path, 'entry', entry),
    ...activities.map((activity) => make('activity', [...path, 'activities', activity.id], activity)),
    ...approvals.map((approval) => make('approval', [...path, 'approvals', approval.id], approval)),
    ...starts.map((child) => make('child', [...path, 'starts', child.id], child)),
    ...ofGate(path, 'exit', exit),
  ];
}

function ofGate(path: readonly string[], word: 'entry' | 'exit', gate: Gate): readonly Element[] {
  return gate.map((criterion) => make('criterion', [...path, word, criterion.id], criterion));
}

function make(kind: ElementKind, path: readonly string[], { id, ...own }: { readonly id: string }): Element {
  const members = Object.entries(own).map(([word, value]) => [word, jsonOf(value)] as const);
  return { kind, id, path, home: path.slice(0, -1).join('/'), own: Object.fromEntries(members) };
}

/** A part of a definition, which is plain JSON. */
function jsonOf(value: unknown): Json {
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, jsonOf(own)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
