import type { CommandSpec } from './command.ts';

type Load = () => Promise<readonly CommandSpec[]>;

/** Every command by its first word, in the order of the help. Each is loaded when it is asked for: few need a server or a database. */
const loads: Readonly<Record<string, Load>> = {
  serve: async () => [(await import('./serve.ts')).serve],
  check: async () => [(await import('./check.ts')).check],
  test: async () => [(await import('./test.ts')).test],
  edit: async () => [(await import('./edit.ts')).edit],
  diff: async () => [(await import('./diff.ts')).diff],
  graph: async () => [(await import('./graph.ts')).graph],
  calendar: async () => [(await import('./calendar.ts')).calendar],
  draft: async () => [(await import('./draft.ts')).draft],
  review: async () => [(await import('./review.ts')).review],
  publish: async () => [(await import('./publish.ts')).publish],
  withdraw: async () => [(await import('./withdraw.ts')).withdraw],
  versions: async () => [(await import('./versions.ts')).versions],
  start: async () => [(await import('./start.ts')).start],
  send: async () => [(await import('./send.ts')).send],
  show: async () => [(await import('./show.ts')).show],
  work: async () => [(await import('./work.ts')).work],
  history: async () => [(await import('./history.ts')).history],
  sla: async () => [(await import('./sla.ts')).sla],
  plan: async () => [(await import('./plan.ts')).plan],
  apply: async () => [(await import('./apply.ts')).apply],
  revert: async () => [(await import('./apply.ts')).revert],
  evidence: async () => [(await import('./evidence.ts')).evidence],
  incidents: async () => [(await import('./incidents.ts')).incidents],
  schedules: async () => [(await import('./schedules.ts')).schedules],
  signals: async () => [(await import('./signals.ts')).signals],
  verify: async () => [(await import('./verify.ts')).verify],
  replay: async () => [(await import('./replay.ts')).replay],
  keys: async () => {
    const { keysCreate, keysList, keysRevoke } = await import('./keys.ts');
    return [keysCreate, keysList, keysRevoke];
  },
  demo: async () => [(await import('./demo.ts')).demo],
};

/** The commands of the first word of a command line; all of them where it is none of theirs, to list or to suggest. */
export async function loadCommands([first = '']: readonly string[]): Promise<readonly CommandSpec[]> {
  const named = Object.hasOwn(loads, first) ? loads[first] : undefined;
  if (named !== undefined) return await named();
  return (await Promise.all(Object.values(loads).map((load) => load()))).flat();
}
