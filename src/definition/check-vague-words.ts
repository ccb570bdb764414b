import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';

/** What policies say instead of a number; not across two words, as in 以及|时间, 标准|时区 and 规定|期限. */
const vague =
  /不?定期(?![限间])|(及时|按时|准时|适时)(?![间限长段区机])|尽快|尽早|预留时间|阶段性|\b(regularly|periodic(ally)?|timely|promptly|(in|on) time|in due course|as soon as possible|from time to time)\b/i;

/** Titles and notes of the work that say when in words alone. */
export function checkVagueWords(check: Check): void {
  // How often it starts is a number for all of it.
  if (check.definition.schedule !== null) return;
  for (const { path, within } of elements(check)) {
    if ([path, ...within].some((at) => isConfirmed(check, at))) continue;
    const place = texts.map((text) => [...path, ...text]).find((at) => vagueIn(check, at) !== null);
    const word = place === undefined ? null : vagueIn(check, place);
    if (place === undefined || word === null) continue;
    check.within('vague-time', place, word.index, word[0].length, {
      message: { zh: `“${word[0]}”没有说明具体多久`, en: `"${word[0]}" does not say how long or how often` },
      remedy: {
        zh: '请写 sla 或 every；暂不确定时写 assumed: true',
        en: 'Write sla or every; while that is open, assumed: true',
      },
    });
  }
}

const texts: readonly Path[] = [['title', 'zh'], ['title', 'en'], ['note']];

interface Element {
  readonly path: Path;
  /** Its parts: what they confirm it need not say again. */
  readonly within: readonly Path[];
}

/** The parts of the work, in no order. */
function elements(check: Check): readonly Element[] {
  const steps = eachStep(check.definition).map(({ phase, step, path }) => {
    const parts = [
      ...step.activities.map(({ id }) => [...path, 'activities', id]),
      ...step.approvals.map(({ id }) => [...path, 'approvals', id]),
    ];
    return { phase, path, parts };
  });
  const phases = check.definition.phases.map((phase) => ({
    path: ['phases', phase.id],
    within: steps.flatMap((step) => (step.phase === phase ? [step.path, ...step.parts] : [])),
  }));
  return [
    ...phases,
    ...steps.map(({ path, parts }) => ({ path, within: parts })),
    ...steps.flatMap(({ parts }) => parts.map((path) => ({ path, within: [] }))),
  ];
}

/** True where a number is written, or somebody has said that it is open. */
function isConfirmed({ outline }: Check, path: Path): boolean {
  return ['sla', 'every', 'assumed'].some((word) => {
    const value = valueAt(outline.value, [...path, word]);
    return value !== undefined && value !== false;
  });
}

function vagueIn({ outline }: Check, path: Path): RegExpExecArray | null {
  const text = valueAt(outline.value, path);
  if (typeof text !== 'string' || !outline.marks.has(pointerOf(path))) return null;
  return vague.exec(text);
}

function valueAt(top: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => Object(part)[key], top);
}
