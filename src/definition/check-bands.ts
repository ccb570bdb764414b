import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import type { PlacedApproval } from './each-approval.ts';
import type { Field, FieldType } from './types.ts';

const measurable: readonly FieldType[] = ['money', 'percent', 'number', 'integer'];

/** The bands of an approval: of a field that can be measured, by rising limits, without a band that is never reached or a gap. */
export function checkBands(check: Check, { approval, path, bands }: PlacedApproval): void {
  const { fields } = check.definition;
  const ids = fields.map(({ id }) => id);
  if (approval.of === null || !checkName(check, 'unknown-field', approval.of, ids, [...path, 'of'])) return;
  const field = fields.find(({ id }) => id === approval.of);
  if (field === undefined || !check.sound(['fields', field.id])) return;
  if (!measurable.includes(field.type)) {
    check.atValue('band-field-unfit', [...path, 'of'], {
      message: {
        zh: `${field.id} 是 ${field.type} 字段，不能分档`,
        en: `${field.id} is a field of type ${field.type}, which has no bands`,
      },
      remedy: { zh: `请写 ${measurable.join('、')} 字段`, en: `Name a field of type ${measurable.join(', ')}` },
    });
    return;
  }
  if (check.sound([...path, 'bands'])) checkLimits(check, field, { approval, path, bands });
}

function checkLimits(
  check: Check,
  field: Field,
  { path, bands }: Pick<PlacedApproval, 'approval' | 'path' | 'bands'>,
): void {
  // Everything up to here is taken by the bands before; null: nothing is yet.
  let taken = field.min === null ? null : { value: field.min, by: null as number | null, inclusive: false };
  for (const [n, { band, path: at }] of bands.entries()) {
    const limit = band.upTo ?? Infinity;
    const over = taken !== null && (taken.inclusive ? limit <= taken.value : limit < taken.value);
    const full = taken !== null && taken.by !== null && taken.value >= (field.max ?? Infinity);
    if (taken !== null && (over || full)) {
      check.atValue('band-never-reached', band.upTo === null ? [...at, 'by'] : [...at, 'up_to'], {
        message:
          taken.by === null
            ? { zh: `${field.id} 不会小于 ${taken.value}`, en: `${field.id} is never below ${taken.value}` }
            : taken.value === Infinity
              ? {
                  zh: `第 ${taken.by} 档没有上限，已包括所有值`,
                  en: `Band ${taken.by} has no limit and takes every value`,
                }
              : {
                  zh: `第 ${taken.by} 档已包括 ${taken.value} 及以下的值`,
                  en: `Band ${taken.by} already takes every value up to ${taken.value}`,
                },
        remedy:
          taken.by !== null && taken.value === Infinity
            ? {
                zh: `请给第 ${taken.by} 档写 up_to，或把它移到最后`,
                en: `Give band ${taken.by} an up_to, or move it to the end`,
              }
            : {
                zh: '各档的 up_to 应从小到大；请改正或删除这一档',
                en: 'Write the bands by rising up_to: correct or delete this one',
              },
      });
      continue;
    }
    taken = { value: limit, by: n + 1, inclusive: true };
  }
  const last = bands.at(-1);
  const end = taken?.by == null ? -Infinity : taken.value;
  const most = field.max ?? Infinity;
  if (last === undefined || end >= most) return;
  check.atKey('band-gap', [...path, 'bands'], {
    message: {
      zh: `${field.id} 大于 ${end}${most === Infinity ? '' : ` 到 ${most}`} 时没有档`,
      en: `No band takes ${field.id} above ${end}${most === Infinity ? '' : ` up to ${most}`}`,
    },
    remedy: { zh: '请在最后加一档，不写 up_to', en: 'Add a last band without up_to' },
  });
}
