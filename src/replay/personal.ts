import type { CompiledProcess } from '../compile/types.ts';
import type { Field } from '../definition/types.ts';
import { parseValue } from '../engine/index.ts';
import type { FieldRecord, Instance, Reason } from '../engine/types.ts';
import type { Json } from '../json.ts';
import type { Reveal } from './command.ts';
import type { Subject } from './types.ts';

/** Personal values, as far as they are kept; others are stood in for, since all that is known of them is that they were. */
export interface Personal {
  readonly reveal: Reveal;
  /** An instance of the record with its personal values. */
  revealed(instance: Instance, version: CompiledProcess): Instance;
  /** Whether a value that is kept no more may have made the difference: the command gave it, or a condition read it. */
  matters(told: Readonly<Record<string, Json>>, reasons: Reason | null): boolean;
}

export function createPersonal(subject: Subject): Personal {
  /** Fields that are stood in for. */
  const unknown = new Set<string>();

  const reveal: Reveal = (field, digest) => {
    const value = typeof digest === 'string' ? subject.personal(field.id, digest) : undefined;
    if (value !== undefined) return value;
    unknown.add(field.id);
    return standIn(field);
  };

  return {
    reveal,
    revealed(instance, version) {
      const fields: Record<string, FieldRecord> = { ...instance.fields };
      for (const [id, record] of Object.entries(instance.fields)) {
        const field = version.fields.get(id);
        if (record.digest === null || field === undefined) continue;
        fields[id] = { ...record, value: reveal(field, record.digest) };
      }
      return { ...instance, fields };
    },
    matters(told, reasons) {
      if (unknown.size === 0) return false;
      const given = Object.values(told).flatMap((value) => Object.keys(Object(value)));
      return [...given, ...readBy(reasons)].some((field) => unknown.has(field));
    },
  };
}

function readBy(reason: Reason | null): readonly string[] {
  if (reason === null) return [];
  const own = [...(reason.reads ?? []).map(({ field }) => field), ...(reason.missing ?? [])];
  return [...own, ...(reason.of ?? []).flatMap(readBy)];
}

/** A value that a field takes, in stored form, where the true one is not kept. */
export function standIn(field: Field): Json {
  const parsed = parseValue(field, plainValue(field), '');
  return parsed.ok ? parsed.value : null;
}

function plainValue({ type, items, min, max, choices }: Field): Json {
  const scalar = type === 'list' ? (items ?? 'text') : type;
  const plain: Readonly<Record<string, Json>> = {
    text: '…',
    boolean: true,
    choice: choices[0]?.id ?? null,
    date: '2000-01-01',
    datetime: '2000-01-01T00:00:00Z',
  };
  const value = plain[scalar] ?? (type === 'list' ? 0 : (min ?? Math.min(0, max ?? 0)));
  return type === 'list' ? Array.from({ length: min ?? 1 }, () => value) : value;
}
