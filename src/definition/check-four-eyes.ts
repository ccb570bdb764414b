import type { ApprovalBand, Approver } from './approval-types.ts';
import type { Check } from './check.ts';
import type { PlacedApproval } from './each-approval.ts';
import { pointerOf } from './outline.ts';
import type { ProcessDefinition } from './types.ts';

/** Who could stand in a place: these people, or (null) anybody's guess, so that there is always one more. */
type People = ReadonlySet<string> | null;

/** Nobody that the file names: whoever asks, where the file does not say who can. */
const SOMEBODY = '';

/**
 * Whether enough different people are left to approve, as far as the file says who there are: for at least one person
 * who may ask for the approval, enough approvers must be somebody else (`requester`), and all different
 * (`earlier-approvers`). Administrators do not count: that they could is no rule of the process.
 */
export function checkFourEyes(check: Check, { placed, approval, path, bands }: PlacedApproval): void {
  if (approval.exclude.length === 0 || !check.sound(['roles'])) return;
  const { definition } = check;
  const askers = placed.step.owner === null ? null : holdersOf(definition, placed.step.owner);
  for (const { band, path: at } of bands) {
    const possible = [...(askers ?? [SOMEBODY])].some((asker) => canBeMet(definition, band, approval.exclude, asker));
    if (possible) continue;
    const where = [...path, 'exclude'];
    const shown = check.outline.marks.has(pointerOf(where)) ? where : [...at, 'by'];
    check.atValue('approval-impossible', shown, {
      message: {
        zh: `${approval.id} 需要 ${band.n} 人同意，回避之后没有足够的人：${peopleText(definition, band, 'zh')}`,
        en: `${approval.id} needs ${band.n} to agree, and with these excluded too few are left: ${peopleText(definition, band, 'en')}`,
      },
      remedy: {
        zh: '请增加审批人或担任角色的人 (holders、held_by)，或减少 exclude',
        en: 'Name more approvers, or more holders of the role (holders, held_by), or exclude less',
      },
    });
    return;
  }
}

function canBeMet(
  definition: ProcessDefinition,
  band: ApprovalBand,
  exclude: PlacedApproval['approval']['exclude'],
  asker: string,
): boolean {
  const places = band.by.map((approver): People => {
    const people = peopleOf(definition, approver);
    if (people === null || !exclude.includes('requester')) return people;
    return new Set([...people].filter((person) => person !== asker));
  });
  if (!exclude.includes('earlier-approvers')) {
    return places.filter((people) => people === null || people.size > 0).length >= band.n;
  }
  return places.filter((people) => people === null).length + matched(places) >= band.n;
}

/** How many places can be filled with people who are all different (augmenting paths). */
function matched(places: readonly People[]): number {
  const placeOf = new Map<string, number>();
  const fill = (place: number, tried: Set<string>): boolean => {
    for (const person of places[place] ?? []) {
      if (tried.has(person)) continue;
      tried.add(person);
      const other = placeOf.get(person);
      if (other !== undefined && !fill(other, tried)) continue;
      placeOf.set(person, place);
      return true;
    }
    return false;
  };
  return places.filter((people, place) => people !== null && fill(place, new Set())).length;
}

function peopleOf(definition: ProcessDefinition, { kind, id }: Approver): People {
  if (kind === 'actor') return new Set([id]);
  return kind === 'role' ? holdersOf(definition, id) : null;
}

/** More holders than an approval has places are as good as any number. */
const MANY = 20;

function holdersOf({ roles }: ProcessDefinition, id: string): People {
  const role = roles.find((candidate) => candidate.id === id);
  if (role === undefined) return null;
  if (role.heldBy.length > 0) return new Set(role.heldBy);
  if (role.holders === null || role.holders > MANY) return null;
  return new Set(Array.from({ length: role.holders }, (_, n) => `${id} ${n + 1}`));
}

function peopleText(definition: ProcessDefinition, { by }: ApprovalBand, language: 'zh' | 'en'): string {
  const separator = { zh: '；', en: '; ' }[language];
  return by
    .map((approver) => {
      const people = peopleOf(definition, approver);
      if (approver.kind !== 'role' || people === null) return approver.id;
      const role = definition.roles.find(({ id }) => id === approver.id);
      const held = role?.heldBy.join(', ') || { zh: `${people.size} 人`, en: `${people.size} holder(s)` }[language];
      return `${approver.id} (${held})`;
    })
    .join(separator);
}
