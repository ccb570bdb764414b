import { readFileSync } from 'node:fs';
import { compiled } from '../engine/process.ts';

/** The published file of the sales process, and what it compiles to; deals that go round for ever may go back as often. */
export const salesYaml = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8').replace(
  'rework: { to: [first-contact], limit: 5 }',
  'rework: { to: [first-contact] }',
);

export const salesProcess = () => compiled(salesYaml);
