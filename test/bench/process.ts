import { readFileSync } from 'node:fs';
import { compiled } from '../engine/process.ts';

/** The published file of the sales process, and what it compiles to. */
export const salesYaml = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

export const salesProcess = () => compiled(salesYaml);
