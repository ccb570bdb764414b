import type { CompiledProcess } from '../compile/types.ts';
import type { EvidenceOf, Instance } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { asksOf } from './evidence-source.ts';

/** The evidence that an instance may ask for as it stands; undefined where its process rests on none. */
export async function evidenceFor(
  { evidence }: ServiceContext,
  process: CompiledProcess,
  instance: Instance,
): Promise<EvidenceOf | undefined> {
  if (process.resting.length === 0) return undefined;
  const known = await evidence.read(asksOf(process, instance));
  return known.of(instance.tenant);
}
