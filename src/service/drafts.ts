import { namesOthers } from '../definition/index.ts';
import { Members } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type { PublicationRow } from '../store/types.ts';
import { readYaml } from './candidate.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers } from './invalid-members.ts';
import { requireOperator } from './operator.ts';
import type { Drafted } from './publication-view.ts';
import { addVersion, problemsBeside, readFile } from './publish.ts';
import { recordAct, requirePossible } from './record-act.ts';
import type { GivenMembers } from './subscription-types.ts';
import { checkTests, readTests } from './version-tests.ts';
import { versionView } from './versions.ts';

const MEMBERS = ['yaml', 'note', 'hypothesis', 'metric', 'tests'];

/**
 * Writes a version down to be tried and reviewed: a file with the reason for it, what it is expected to bring, by what that is
 * seen, and its tests. It gets its number now; instances start on it in a sandbox alone. The same content again is the same
 * version: with other words, or after it was rejected or withdrawn, it waits for a review anew. Throws `role-required`,
 * `invalid-input`, `definition-invalid`, and `not-allowed-now` for content that is published already.
 */
export async function draft(
  context: ServiceContext,
  process: string,
  given: GivenMembers,
  actor: Actor,
): Promise<Drafted> {
  requireOperator(actor, { zh: '提交草稿', en: 'drafting a version' });
  const members = new Members(given, MEMBERS, MEMBERS);
  const yaml = readYaml(members);
  const words = {
    note: members.text('note'),
    hypothesis: members.optionalText('hypothesis'),
    metric: members.optionalText('metric'),
    tests: members.raw('tests') === undefined ? null : readTests(members, 'tests'),
  };
  if (yaml === null || members.problems.length > 0) throw invalidMembers(members.problems);
  const read = readFile(context, yaml);
  const { definition } = read.compiled;
  if (definition.process !== process) {
    members.problem('/yaml', {
      zh: `yaml 应为流程 ${process} 的文件；收到的是 process: ${definition.process}`,
      en: `yaml should be a file of the process ${process}; found process: ${definition.process}`,
    });
    throw invalidMembers(members.problems);
  }
  const ofTests = checkTests(context, read.compiled, words.tests);
  const { version } = await addVersion(context, read, yaml, actor);
  const name = { process, version };
  const { record, added } = await recordAct(context, name, actor, (stands) => {
    if (isDraftedSo(stands.record, words, actor)) return null;
    requirePossible(name, stands, 'draft');
    return { act: 'draft', ...words };
  });
  return {
    version: await versionView(context, name, record, actor),
    created: added !== null,
    problems: [...(namesOthers(definition) ? await problemsBeside(context, yaml) : read.problems), ...ofTests],
  };
}

/** Done already: it waits for, or has passed, a review of these very words. */
function isDraftedSo(
  record: readonly PublicationRow[],
  words: Pick<PublicationRow, 'note' | 'hypothesis' | 'metric' | 'tests'>,
  { id, via }: Actor,
): boolean {
  const last = record.at(-1)?.act === 'approve' ? record.findLast(({ act }) => act === 'draft') : record.at(-1);
  if (last?.act !== 'draft' || last.actor !== id || last.via !== via) return false;
  const { note, hypothesis, metric, tests } = words;
  return last.note === note && last.hypothesis === hypothesis && last.metric === metric && last.tests === tests;
}
