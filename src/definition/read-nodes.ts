import { isMap, type ParsedNode, type YAMLMap } from 'yaml';
import { parseNodes } from './document.ts';
import { processKind } from './process-kind.ts';
import { scan } from './scan.ts';

/** The YAML nodes of a process file, with their places in its text; null where `readProcess` says why there are none. */
export function readNodes(text: string): YAMLMap.Parsed | null {
  let sound = true;
  const report = () => {
    sound = false;
  };
  const scanned = scan(text, report);
  if (scanned === null || !sound) return null;
  const contents = parseNodes(scanned.text, processKind, report);
  return sound && isMapNode(contents) ? contents : null;
}

function isMapNode(node: ParsedNode | null): node is YAMLMap.Parsed {
  return isMap(node);
}
