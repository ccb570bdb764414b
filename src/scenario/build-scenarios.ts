import {
  entries,
  items,
  keySpan,
  member,
  type Outline,
  placeOf,
  pointerOf,
  type Raw,
  rawOf,
  type Source,
  string,
  strings,
} from '../definition/index.ts';
import { toInstant } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { toJson } from '../json.ts';
import { MAIN_TENANT } from '../names.ts';
import { buildClaims } from './build-claims.ts';
import type { Action, ChildNews, Place, Scenario, ScenarioFile, ScenarioStep, StandingEvidence } from './types.ts';
import { otherWords, words } from './words.ts';

/** What parts of a file are built with. */
interface Builder {
  readonly placeAt: (raw: Raw) => Place;
  readonly actors: ReadonlyMap<string, Actor>;
}

/** The typed scenarios. Total: parts that the schema refused are read as if they were not written. */
export function buildScenarios(outline: Outline, source: Source): ScenarioFile {
  const raw = rawOf(outline);
  const builder: Builder = {
    placeAt: ({ path }) => placeOf(source, keySpan(outline, pointerOf(path)).start),
    actors: new Map(entries(member(raw, 'actors')).map(([id, actor]) => [id, buildActor(id, actor)])),
  };
  const at = string(member(raw, 'at'));
  const standing = buildEvidence(member(raw, 'evidence'));
  return {
    process: string(member(raw, 'process')) ?? '',
    scenarios: items(member(raw, 'scenarios')).map((scenario) => buildScenario(scenario, at, standing, builder)),
  };
}

function buildActor(id: string, raw: Raw): Actor {
  const plain = strings(raw);
  const roles = plain.length > 0 ? plain : strings(member(raw, 'roles'));
  return { id, roles, team: string(member(raw, 'team')), tenant: MAIN_TENANT, via: null };
}

function buildEvidence(raw: Raw): readonly StandingEvidence[] {
  return items(raw).map((item, n) => {
    const scope = member(item, 'scope');
    return {
      evidence: string(item) ?? string(member(item, 'evidence')) ?? '',
      scope:
        scope.value === undefined
          ? null
          : Object.fromEntries(entries(scope).map(([id, { value }]) => [id, toJson(value)])),
      instance: `evidence-${n + 1}`,
      validFrom: string(member(item, 'from')) ?? '0001-01-01',
      validTo: string(member(item, 'until')) ?? '9999-12-31',
    };
  });
}

function buildScenario(raw: Raw, at: string | null, standing: readonly StandingEvidence[], builder: Builder): Scenario {
  const start = member(raw, 'start');
  const after = string(member(raw, 'after'));
  const own = member(raw, 'evidence');
  const steps = items(member(raw, 'do')).map((step) => buildStep(step, buildAction(step), builder));
  return {
    name: string(member(raw, 'name')) ?? '',
    place: builder.placeAt(raw),
    begin:
      after !== null
        ? { kind: 'after', scenario: after }
        : {
            kind: 'start',
            at: toInstant(string(member(raw, 'at')) ?? at) ?? '',
            evidence: own.value === undefined ? standing : buildEvidence(own),
          },
    steps: start.value === undefined ? steps : [buildStep(start, buildStart(start), builder), ...steps],
  };
}

function buildStep(raw: Raw, action: Action, { placeAt, actors }: Builder): ScenarioStep {
  const refused = member(raw, 'refused');
  const word = wordOf(raw);
  return {
    place: placeAt(word === null ? raw : member(raw, word)),
    actor: actorOf(strings(member(raw, 'as')), actors),
    action,
    refused: refused.value === true ? true : refused.value === undefined ? null : strings(refused),
    refusedPlace: placeAt(refused),
    claims: buildClaims(member(raw, 'expect'), placeAt),
  };
}

/** Somebody with a name, else whoever holds these roles. */
function actorOf(names: readonly string[], actors: ReadonlyMap<string, Actor>): Actor | null {
  const [first] = names;
  if (first === undefined) return null;
  const named = names.length === 1 ? actors.get(first) : undefined;
  return named ?? { id: names.join('+'), roles: names, team: null, tenant: MAIN_TENANT, via: null };
}

/** Members of a start that are not fields. */
export const startWords: ReadonlySet<string> = new Set(['as', 'with', 'refused', 'expect']);

function buildStart(raw: Raw): Action {
  const fields = entries(raw).filter(([id]) => !startWords.has(id));
  return { kind: 'start', fields: { ...valuesOf(fields), ...valuesOf(entries(member(raw, 'with'))) } };
}

/** The word that says what a step does; null: it only looks. */
export function wordOf(raw: Raw): string | null {
  return entries(raw).find(([id]) => words.has(id) || otherWords.has(id))?.[0] ?? null;
}

function buildAction(raw: Raw): Action {
  const word = wordOf(raw);
  if (word === null) return { kind: 'look' };
  const { value } = member(raw, word);
  if (word === 'wait') return { kind: 'wait', words: String(value) };
  if (word === 'child') return { kind: 'child', name: String(value), news: buildNews(raw) };
  const beside = words.get(word)?.beside ?? [];
  return {
    kind: 'command',
    word,
    value,
    members: valuesOf(entries(raw).filter(([id]) => beside.includes(id))),
    at: member(raw, 'at').value,
  };
}

function buildNews(raw: Raw): ChildNews {
  const failed = string(member(raw, 'failed'));
  if (failed !== null) return { kind: 'failed', why: failed };
  if (member(raw, 'reopened').value === true) return { kind: 'reopened' };
  return { kind: 'ended', outcome: string(member(raw, 'ended')) };
}

function valuesOf(list: readonly (readonly [string, Raw])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(list.map(([id, { value }]) => [id, value]));
}
