import { parseDuration } from '../calendar/index.ts';
import { suggest } from '../suggest.ts';
import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import type { Evidence, Shared } from './evidence-types.ts';
import { writeInstead } from './fix.ts';
import { type Path, pointerOf } from './outline.ts';
import type { Activity } from './types.ts';

/** Most characters of a text that is part of a scope: scopes are keys of an index. */
const MAX_SCOPE_TEXT = 100;

/** Nothing is valid for longer than a hundred years. */
const MOST: Readonly<Record<string, number>> = { days: 36_500, weeks: 5_200, months: 1_200 };

/** Evidence that the process produces: its outcome, its days, its scope; and the evidence that activities rest on. */
export function checkEvidence(check: Check): void {
  const outcomes = check.definition.outcomes.map(({ id }) => id);
  for (const evidence of check.definition.evidence) {
    const path = ['evidence', evidence.id];
    if (!check.sound(path)) continue;
    checkName(check, 'unknown-outcome', evidence.on, outcomes, [...path, 'on']);
    checkValidity(check, evidence, [...path, 'valid']);
    for (const [n, name] of evidence.scope.entries()) checkScopeField(check, name, [...path, 'scope', n]);
  }
  for (const { activity, path } of eachShared(check)) {
    if (!check.sound(path)) continue;
    for (const { field, from } of activity.shared?.scope ?? []) checkScopeField(check, from, [...path, 'scope', field]);
    if (activity.shared !== null) checkProducer(check, activity.shared, path);
  }
}

interface PlacedShared {
  readonly activity: Activity;
  readonly path: Path;
}

/** The activities that rest on evidence, and where they say so. */
function eachShared(check: Check): readonly PlacedShared[] {
  return eachStep(check.definition).flatMap(({ step, path }) =>
    step.activities
      .filter(({ shared }) => shared !== null)
      .map((activity) => ({ activity, path: [...path, 'activities', activity.id, 'shared'] })),
  );
}

/** Where fields are read to say what evidence holds for, and on which days. */
export function evidenceReadings(
  check: Check,
): readonly { readonly field: string; readonly path: Path; readonly offset: number }[] {
  const own = check.definition.evidence.flatMap(({ id, valid, scope }) => [
    ...(['from', 'until'] as const).flatMap((word) => {
      const field = valid[word];
      return field === null ? [] : [{ field, path: ['evidence', id, 'valid', word], offset: 0 }];
    }),
    ...scope.map((field, n) => ({ field, path: ['evidence', id, 'scope', n], offset: 0 })),
  ]);
  const used = eachShared(check).flatMap(({ activity, path }) =>
    (activity.shared?.scope ?? []).map(({ field, from }) => ({
      field: from,
      path: [...path, 'scope', field],
      offset: 0,
    })),
  );
  return [...own, ...used].filter(({ path }) => check.outline.marks.has(pointerOf(path)));
}

function checkValidity(check: Check, { valid }: Evidence, path: Path): void {
  const { fields } = check.definition;
  for (const word of ['from', 'until'] as const) {
    const name = valid[word];
    const ids = fields.map(({ id }) => id);
    if (name === null || !checkName(check, 'unknown-field', name, ids, [...path, word])) continue;
    const field = fields.find(({ id }) => id === name);
    if (field === undefined || !check.sound(['fields', name])) continue;
    if (field.type !== 'date' && field.type !== 'datetime') {
      check.atValue('time-field-needed', [...path, word], {
        message: { zh: `${name} 是 ${field.type} 字段`, en: `${name} is a field of type ${field.type}` },
        remedy: { zh: '请写 date 或 datetime 字段', en: 'Name a field of type date or datetime' },
      });
    } else if (field.personal) unfit(check, name, [...path, word]);
  }
  const duration = valid.for === null ? null : parseDuration(valid.for);
  if (duration === null || duration.amount <= (MOST[duration.unit] ?? 0)) return;
  check.atValue('duration-unfit', [...path, 'for'], {
    message: {
      zh: `证据的有效期以天、周或月计，最多一百年；这里是 ${valid.for}`,
      en: `Evidence is valid for days, weeks or months, a hundred years at most; this is ${valid.for}`,
    },
    remedy: { zh: '请写例如 90 days 或 3 months', en: 'Write e.g. 90 days or 3 months' },
  });
}

function checkScopeField(check: Check, name: string, path: Path): void {
  const { fields } = check.definition;
  const ids = fields.map(({ id }) => id);
  if (!checkName(check, 'unknown-field', name, ids, path)) return;
  const field = fields.find(({ id }) => id === name);
  if (field === undefined || !check.sound(['fields', name])) return;
  const isShort = field.type === 'choice' || (field.type === 'text' && field.maxLength <= MAX_SCOPE_TEXT);
  if (!isShort || field.personal) unfit(check, name, path);
}

function unfit(check: Check, name: string, path: Path): void {
  check.atValue('evidence-field-unfit', path, {
    message: {
      zh: `${name} 不能用于证据：证据对所有人可查，范围须简短`,
      en: `${name} cannot be used for evidence, which is open to others and whose scope is short`,
    },
    remedy: {
      zh: `请写非个人信息的字段；范围用 choice 字段，或 max_length 不超过 ${MAX_SCOPE_TEXT} 的 text 字段`,
      en: `Name a field that is not personal; for a scope a choice, or a text with max_length up to ${MAX_SCOPE_TEXT}`,
    },
  });
}

/** Only where the other processes are known: whether one of them produces it, for such a scope. */
function checkProducer(check: Check, { evidence: name, scope }: Shared, path: Path): void {
  if (check.others === null) return;
  const [process = '', id = ''] = name.split('/');
  const producer = process === check.definition.process ? check.definition : check.others.get(process);
  if (producer === null) return;
  const known = producer?.evidence ?? null;
  const names = known === null ? [...check.others.keys()] : known.map((evidence) => evidence.id);
  const near = suggest(known === null ? process : id, names);
  const meant = near === null ? null : known === null ? `${near}/${id}` : `${process}/${near}`;
  const at = check.outline.marks.has(pointerOf([...path, 'evidence'])) ? [...path, 'evidence'] : path;
  const found = known?.find((evidence) => evidence.id === id) ?? null;
  if (found === null) {
    check.atValue('shared-unknown', at, {
      message:
        known === null
          ? { zh: `没有找到流程 ${process}`, en: `There is no process ${process} here` }
          : { zh: `流程 ${process} 不产生证据 ${id}`, en: `The process ${process} produces no evidence ${id}` },
      remedy:
        meant === null
          ? {
              zh: `在 ${process} 发布并在 evidence 中声明 ${id} 之前，这件细则无法满足`,
              en: `Until ${process} is published and declares ${id} under evidence, the activity cannot be met`,
            }
          : { zh: `是不是想写 ${meant}？`, en: `Did you mean ${meant}?` },
      fix: writeInstead(meant),
    });
    return;
  }
  const [wanted, given] = [found.scope, scope.map(({ field }) => field)].map((fields) => [...fields].sort().join(', '));
  if (wanted === given) return;
  check.atValue('shared-unknown', at, {
    message: {
      zh: `证据 ${name} 的范围字段是 ${wanted || '（无）'}，这里写的是 ${given || '（无）'}`,
      en: `The scope of ${name} is ${wanted || 'none'}; written here is ${given || 'none'}`,
    },
    remedy:
      wanted === ''
        ? { zh: '请去掉 scope', en: 'Leave scope out' }
        : {
            zh: `请在 scope 中为 ${wanted} 各写一个我方字段`,
            en: `Name one of our fields under scope for each of ${wanted}`,
          },
  });
}
