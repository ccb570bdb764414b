import { readText } from './body.ts';
import type { Exchange } from './exchange.ts';
import { requireMediaType } from './headers.ts';

const YAML_TYPES = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'] as const;

/** The body as the text of a process file. Throws `unsupported-media-type`, `too-large`. */
export async function readYaml({ req, world }: Exchange): Promise<string> {
  requireMediaType(req, YAML_TYPES);
  return readText(req, world.limits.yamlBytes, world.limits.drainBytes);
}
