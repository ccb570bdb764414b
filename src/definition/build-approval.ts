import type { Approval, ApprovalBand, Approver, Exclusion, Manager, Substitute } from './approval-types.ts';
import { described, renamed } from './build.ts';
import { buildSla } from './build-sla.ts';
import { entries, items, member, number, oneOf, type Raw, string, strings } from './raw.ts';

const exclusions: readonly Exclusion[] = ['requester', 'earlier-approvers'];

export function buildApproval(id: string, raw: Raw): Approval {
  const bands = items(member(raw, 'bands'));
  const excluded = strings(member(raw, 'exclude'));
  return {
    id,
    ...described(raw, id),
    ...renamed(raw),
    when: string(member(raw, 'when')),
    of: string(member(raw, 'of')),
    // What a band leaves out, the approval says for all of them.
    bands: bands.length === 0 ? [buildBand(raw, raw)] : bands.map((band) => buildBand(band, raw)),
    exclude: exclusions.filter((word) => excluded.includes(word)),
    voidsOn: strings(member(raw, 'voids_on')),
    sla: buildSla(member(raw, 'sla')),
  };
}

function buildBand(raw: Raw, approval: Raw): ApprovalBand {
  const own = (key: string): Raw => (member(raw, key).value === undefined ? member(approval, key) : member(raw, key));
  const by = approvers(member(raw, 'by'));
  const order = oneOf(own('order'), ['parallel', 'sequence']);
  const counted = number(member(own('mode'), 'at_least'));
  // Asking one after the other is of use only where more than the first must agree.
  const mode =
    counted !== null ? 'at-least' : oneOf(own('mode'), order === 'sequence' ? ['all', 'any'] : ['any', 'all']);
  return { upTo: number(member(raw, 'up_to')), by, mode, n: counted ?? (mode === 'all' ? by.length : 1), order };
}

export function approvers(raw: Raw): readonly Approver[] {
  const listed = items(raw);
  return (listed.length === 0 ? [raw] : listed).flatMap((item): readonly Approver[] => {
    const role = string(item);
    if (role !== null) return [{ kind: 'role', id: role }];
    const actor = string(member(item, 'actor'));
    if (actor !== null) return [{ kind: 'actor', id: actor }];
    return member(item, 'manager_of').value === 'owner' ? [{ kind: 'manager-of', id: 'owner' }] : [];
  });
}

export function buildSubstitute(raw: Raw): Substitute {
  const word = (key: string): string => string(member(raw, key)) ?? '';
  return { for: word('for'), by: word('by'), from: word('from'), until: word('until') };
}

export function buildManagers(raw: Raw): readonly Manager[] {
  return entries(raw).flatMap(([of, value]) => {
    const is = string(value);
    return is === null ? [] : [{ of, is }];
  });
}
