import type { ProcessList, ProcessVersion, Text } from '../api.ts';
import { get } from '../client.ts';

/** Processes whose roles are read. */
const MOST_PROCESSES = 30;

/** Every role of the published processes that the reader sees, by its id. */
export async function readRoles(): Promise<ReadonlyMap<string, Text>> {
  const { processes } = await get<ProcessList>('/v1/processes');
  const read = processes
    .slice(0, MOST_PROCESSES)
    .map(({ process, version }) => get<ProcessVersion>(`/v1/processes/${process}/versions/${version}`));
  const roles = (await Promise.all(read)).flatMap(({ definition }) => definition.roles);
  return new Map(roles.map(({ id, title }) => [id, title]));
}
