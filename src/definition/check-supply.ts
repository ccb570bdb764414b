import { suggest } from '../suggest.ts';
import { canBeMet } from './attainable.ts';
import type { Check } from './check.ts';
import { itemPath } from './check-approvals.ts';
import { evidenceReadings } from './check-evidence.ts';
import { approvalGates, eachApproval } from './each-approval.ts';
import { eachGate, exitStanding, type PlacedGate } from './each-gate.ts';
import { eachSla } from './each-sla.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import type { Raw } from './raw.ts';
import { lateness, type Supply, supplierOf, supplyOf } from './supply.ts';
import type { Criterion } from './types.ts';

/** Where a field is read, and the stretch of the text that names it. */
export interface Reading {
  readonly field: string;
  readonly path: Path;
  readonly offset: number;
}

/** Who supplies what and when: fields read but never supplied, gates that wait for later steps, fields without use. */
export function checkSupply(check: Check): void {
  // What a misspelt `supplies` would have supplied is anybody's guess.
  if (!check.complete('supplies')) return;
  const { fields } = check.definition;
  const supply = supplyOf(check);
  const { slots } = supply;
  const gates = [...eachGate(check), ...approvalGates(check)];
  const readings = [
    ...slaReadings(check),
    ...tableReadings(check),
    ...gates.flatMap((gate) => gateReadings(check, gate)),
    ...approvalReadings(check),
    ...childReadings(check),
    ...evidenceReadings(check),
    ...signalReadings(check),
  ];
  const ids = fields.map(({ id }) => id);
  const declared = new Set(ids);
  // What a misspelt name was meant to be is supplied.
  const meant = new Set([...slots.keys()].filter((name) => !declared.has(name)).map((name) => suggest(name, ids)));
  const reported = new Set<string>();
  for (const reading of readings) {
    const { field } = reading;
    if (slots.has(field) || !declared.has(field) || reported.has(field) || meant.has(field)) continue;
    reported.add(field);
    neverSupplied(check, reading);
  }
  for (const gate of gates) if (!check.isFull()) checkTime(check, gate, supply);
  checkBandTime(check, supply);
  const used = new Set([...readings.map(({ field }) => field), ...slots.keys()]);
  for (const { id } of fields) {
    if (used.has(id) || meant.has(id)) continue;
    check.atKey('field-unused', ['fields', id], {
      message: {
        zh: `没有细则填写字段 ${id}，也没有条件读取它`,
        en: `No activity supplies the field ${id}, and no condition reads it`,
      },
      remedy: {
        zh: '请写入某个细则的 supplies 或 may_supply，或删除它',
        en: 'Name it in supplies or may_supply of an activity, or delete it',
      },
    });
  }
}

function neverSupplied(check: Check, { field, path, offset }: Reading): void {
  check.within('field-never-supplied', path, offset, field.length, {
    message: { zh: `这里读取 ${field}，但没有细则填写它`, en: `${field} is read here, but no activity supplies it` },
    remedy: { zh: `请在某个细则写 supplies: [${field}]`, en: `Write supplies: [${field}] at an activity` },
  });
}

function checkTime(check: Check, gate: PlacedGate, supply: Supply): void {
  const { criteria, wants } = gate;
  const isLate = lateness(gate, supply);
  for (const { criterion, conditions } of criteria) {
    if (conditions.some(({ text }) => !check.condition(text).ok)) continue;
    const met = (asked: Criterion): boolean => canBeMet(asked, check.condition, isLate);
    const shut = !met(criterion) && (wants === 'met' || !met({ kind: 'not', of: criterion }));
    for (const reading of conditions.flatMap((condition) => conditionReadings(check, condition)))
      if (isLate(reading.field)) readsLater(check, reading, shut, wants);
  }
}

/** Without the value that chooses the band nobody can be asked. */
function checkBandTime(check: Check, supply: Supply): void {
  for (const { approval, path, placed } of eachApproval(check.definition)) {
    const field = approval.of;
    if (field === null || !lateness(exitStanding(placed), supply)(field)) continue;
    readsLater(check, { field, path: [...path, 'of'], offset: 0 }, true);
  }
}

export function readsLater(
  check: Check,
  { field, path, offset }: Reading,
  shut: boolean,
  wants: PlacedGate['wants'] = 'met',
): void {
  const step = supplierOf(check, field);
  // Whoever starts or edits an instance may give any field: what is certain is who is asked for it.
  const nobody = { zh: `${step} 之前没有细则填写 ${field}`, en: `No activity before ${step} supplies ${field}` };
  const without = !shut
    ? { zh: '此时可能还不知道', en: 'so it may not be known here yet' }
    : wants === 'met'
      ? { zh: '而没有它关口打不开', en: 'and without it the gate does not open' }
      : { zh: '而没有它这里无法判断', en: 'and without it nothing can be decided here' };
  check.within('gate-reads-later', path, offset, field.length, {
    severity: shut ? 'error' : 'warning',
    message: { zh: `${nobody.zh}，${without.zh}`, en: `${nobody.en}, ${without.en}` },
    remedy: {
      zh: `请把条件移到 ${step} 或之后，或在更早的细则填写 ${field}`,
      en: `Move the condition to ${step} or later, or supply ${field} in an earlier activity`,
    },
  });
}

function gateReadings(check: Check, { criteria }: PlacedGate): readonly Reading[] {
  return criteria.flatMap(({ conditions }) => conditions.flatMap((condition) => conditionReadings(check, condition)));
}

function tableReadings(check: Check): readonly Reading[] {
  return check.definition.tables.flatMap(({ id, rules }) =>
    rules.flatMap(({ when }, n) => (when === null ? [] : readingsIn(check, when, ['tables', id, 'rules', n, 'when']))),
  );
}

const conditionReadings = (check: Check, { text, at }: { text: string; at: Raw }): readonly Reading[] =>
  readingsIn(check, text, at.path);

function readingsIn(check: Check, text: string, path: Path): readonly Reading[] {
  const compiled = check.condition(text);
  if (!compiled.ok) return [];
  // Texts in quotes may hold the same word.
  const bare = text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, (quoted) => ' '.repeat(quoted.length));
  return compiled.condition.reads.map((field) => ({
    field,
    path,
    offset: Math.max(0, bare.search(new RegExp(`\\b${field}\\b`))),
  }));
}

function approvalReadings(check: Check): readonly Reading[] {
  return eachApproval(check.definition).flatMap(({ approval, path }) => [
    ...(approval.of === null ? [] : [{ field: approval.of, path: [...path, 'of'], offset: 0 }]),
    ...approval.voidsOn.map((field, n) => ({ field, path: itemPath(check, [...path, 'voids_on'], n), offset: 0 })),
  ]);
}

function childReadings(check: Check): readonly Reading[] {
  return eachStep(check.definition).flatMap(({ step, path }) =>
    step.starts.flatMap(({ id, with: given }) =>
      Object.entries(given).map(([name, field]) => ({ field, path: [...path, 'starts', id, 'with', name], offset: 0 })),
    ),
  );
}

/** Fields that signals find instances by. */
function signalReadings(check: Check): readonly Reading[] {
  return check.definition.signals.flatMap(({ id, match }) =>
    match === null ? [] : [{ field: match, path: ['signals', id, 'match'], offset: 0 }],
  );
}

export function slaReadings(check: Check): readonly Reading[] {
  return eachSla(check.definition).flatMap(({ sla, path }) => {
    const named = [
      { field: sla.due, path: [...path, 'due'] },
      { field: sla.from, path: [...path, 'from'] },
      ...sla.targets.map(({ due }, n) => ({ field: due, path: [...path, 'targets', n, 'due'] })),
    ].flatMap(({ field, path: own }) =>
      field === null || !check.outline.marks.has(pointerOf(own)) ? [] : [{ field, path: own, offset: 0 }],
    );
    const asked = sla.targets.flatMap(({ when }, n) => {
      const compiled = when === null ? null : check.condition(when);
      const own = [...path, 'targets', n, 'when'];
      return compiled?.ok ? compiled.condition.reads.map((field) => ({ field, path: own, offset: 0 })) : [];
    });
    return [...named, ...asked];
  });
}
