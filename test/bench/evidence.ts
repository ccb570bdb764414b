import { readFileSync } from 'node:fs';
import { demoEvidence } from '../../src/cli/demo-evidence.ts';
import type { EvidenceOf } from '../../src/engine/types.ts';
import type { EventInput, Service, WriteRequest } from '../../src/service/types.ts';

// Deals rest on evidence of two short processes: it is there before the first deal.

/** What a pure decision on a deal is handed, where there is no service. */
export const evidenceOfDeals: EvidenceOf = () => [
  { instance: '00000000-0000-7000-8000-00000000000e', validFrom: '2026-01-01', validTo: '2026-12-31' },
];

/** Publishes both processes and runs each to its end, as clients would. */
export async function produceEvidence(service: Service, request: () => WriteRequest): Promise<void> {
  for (const { process, fields, events } of demoEvidence('2026-Q1')) {
    const yaml = readFileSync(new URL(`../../processes/${process}.yaml`, import.meta.url), 'utf8');
    await service.publish(yaml, request().actor);
    const { instance } = await service.start({ process, fields }, request());
    for (const { body } of events) await service.send(instance.id, eventOf(body), request());
  }
}

/** The same on a server that serves them. */
export async function produceOver(post: (path: string, body: object) => Promise<unknown>): Promise<void> {
  for (const { process, fields, events } of demoEvidence('2026-Q1')) {
    const { instance } = Object(await post('/v1/instances', { process, fields }));
    for (const { body } of events) await post(`/v1/instances/${instance.id}/events`, body);
  }
}

function eventOf(body: Readonly<Record<string, unknown>>): EventInput {
  return { ...body, type: body.type };
}
