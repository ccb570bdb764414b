import type { CompiledProcess } from '../compile/types.ts';
import type { Command, Instance } from '../engine/types.ts';
import type { Action } from './types.ts';
import { words } from './words.ts';

type CommandAction = Extract<Action, { readonly kind: 'command' }>;

/** The command that a step of a scenario is. */
export function commandOf(
  process: CompiledProcess,
  instance: Instance,
  { word, value, members, at }: CommandAction,
): Pick<Command, 'type' | 'input' | 'at' | 'internal'> {
  const when = at === undefined ? {} : { at };
  const { with: data = {}, ...beside } = members;
  if (word === 'signal') return { type: 'signal', input: { signal: value, data }, internal: true, ...when };
  if (word === 'answer-call') return { type: word, input: { activity: value, ...members }, internal: true, ...when };
  if (word === 'retry-child' || word === 'dismiss-child')
    return { type: word, input: { child: childNamed(instance, String(value)) ?? value, ...beside }, ...when };
  const member = memberOf(process, word, value);
  return { type: word, input: member === null ? members : { [member]: listed(word, value), ...members }, ...when };
}

/** The member that holds what a word is about; null: nothing is said of it. */
function memberOf({ activities, steps }: CompiledProcess, word: string, value: unknown): string | null {
  if (value === true) return null;
  if (word === 'skip' && !activities.has(String(value)) && steps.has(String(value))) return 'step';
  return words.get(word)?.member ?? null;
}

function listed(word: string, value: unknown): unknown {
  return word === 'override' && !Array.isArray(value) ? [value] : value;
}

/** The id of the latest child of a name; null: there is none. */
export function childNamed({ children }: Instance, name: string): string | null {
  const found = Object.entries(children).filter(([, record]) => record.name === name);
  return (found.find(([, { need }]) => need === 'wanted') ?? found.at(-1))?.[0] ?? null;
}
