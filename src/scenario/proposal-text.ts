import { stringify } from 'yaml';
import type { CompiledProcess } from '../compile/types.ts';
import type { Proposals, ProposedScenario } from './propose-scenarios.ts';

/** Proposed scenarios as a file of their own, which reads and passes as it is; what was not reached is a remark. */
export function proposalText(process: CompiledProcess, { scenarios, unreached }: Proposals, at: string): string {
  const evidence = [...new Set(process.resting.flatMap(({ activity: { shared } }) => shared?.evidence ?? []))];
  return [
    '# yaml-language-server: $schema=../schemas/scenario.schema.json',
    `process: ${process.definition.process}`,
    `at: ${at}`,
    ...(evidence.length === 0 ? [] : [`evidence: ${flow(evidence)}`]),
    ...unreached.map(({ zh, en }) => `# 没有找到走法 / no way was found: ${zh} / ${en}`),
    scenarios.length === 0 ? '# 没有要补充的场景 / there is nothing to add' : 'scenarios:',
    ...scenarios.flatMap(scenarioLines),
    '',
  ].join('\n');
}

function scenarioLines({ name, start, do: steps }: ProposedScenario): readonly string[] {
  return [
    `  - name: ${flow(`${name.zh} / ${name.en}`)}`,
    `    start: ${flow(start)}`,
    '    do:',
    ...steps.map((step) => `      - ${flow(step)}`),
  ];
}

/** A value on one line. */
function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();
}
