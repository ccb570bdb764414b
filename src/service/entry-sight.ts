import type { CompiledProcess } from '../compile/types.ts';
import type { ServiceContext } from './context.ts';
import type { EntryView } from './types.ts';

/**
 * Whose versions say what of an entry is hidden: the one under which it was recorded, the first, and, of one that takes an
 * instance from a version to another, the other too. A version that is gone says nothing.
 */
export async function versionsOver(
  { processes }: Pick<ServiceContext, 'processes'>,
  { process, version, type, command }: EntryView,
): Promise<readonly CompiledProcess[]> {
  const { from, to } = type === 'migrate' || type === 'revert' ? Object(command) : {};
  const others = [from, to].filter((other): other is number => typeof other === 'number' && other !== version);
  const found = await Promise.all([version, ...others].map((each) => processes.get(process, each)));
  return found.flatMap((compiled) => (compiled?.ok === true ? [compiled.process] : []));
}
