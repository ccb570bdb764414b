import type { Approver } from './approval-types.ts';
import type { Check } from './check.ts';
import { tooMany } from './check-activities.ts';
import { checkBands } from './check-bands.ts';
import { checkCondition } from './check-conditions.ts';
import { checkFourEyes } from './check-four-eyes.ts';
import { checkName } from './check-names.ts';
import { eachApproval, type PlacedApproval } from './each-approval.ts';
import { type Path, pointerOf } from './outline.ts';

/** Approvals: what they read, who approves, their bands, and whether somebody is left to approve. */
export function checkApprovals(check: Check): void {
  const fields = check.definition.fields.map(({ id }) => id);
  for (const placed of eachApproval(check.definition)) {
    const { approval, path } = placed;
    if (approval.when !== null) checkCondition(check, approval.when, [...path, 'when']);
    for (const [n, field] of approval.voidsOn.entries()) {
      checkName(check, 'unknown-field', field, fields, itemPath(check, [...path, 'voids_on'], n));
    }
    checkBands(check, placed);
    const named = placed.bands.map((band) => checkApprovers(check, band, path));
    if (named.every(Boolean)) checkFourEyes(check, placed);
  }
}

/** A list of one may be written without brackets. */
export function itemPath({ outline }: Check, path: Path, n: number): Path {
  return outline.marks.has(pointerOf([...path, n])) ? [...path, n] : path;
}

/** True when every approver is somebody, and each has a turn. */
function checkApprovers(check: Check, { band, path }: PlacedApproval['bands'][number], approval: Path): boolean {
  if (!check.sound([...path, 'by'])) return false;
  const { roles, managers } = check.definition;
  const roleIds = roles.map(({ id }) => id);
  let named = true;
  for (const [n, approver] of band.by.entries()) {
    const at = itemPath(check, [...path, 'by'], n);
    if (approver.kind === 'role') named = checkName(check, 'unknown-role', approver.id, roleIds, at) && named;
    if (approver.kind === 'actor' && band.by.some(({ kind, id }) => kind === 'role' && id === approver.id)) {
      named = false;
      check.atValue('duplicate-item', [...at, 'actor'], {
        message: { zh: `${approver.id} 已作为角色列出`, en: `${approver.id} is already listed as a role` },
        remedy: { zh: '请删除其中一个', en: 'Delete one of the two' },
      });
    }
    if (approver.kind === 'manager-of' && managers.length === 0) {
      named = false;
      check.atKey('missing-key', [...at, 'manager_of'], {
        message: { zh: '流程没有写谁是谁的上级', en: 'The process does not say who manages whom' },
        remedy: {
          zh: '请在文件最外层加上 managers: { 下级: 上级 }',
          en: 'Add managers: { anna: mei } at the top of the file',
        },
      });
    }
  }
  const written = [path, approval].find((of) => check.outline.marks.has(pointerOf([...of, 'mode']))) ?? path;
  if (band.mode === 'at-least' && band.n > band.by.length) {
    tooMany(check, [...written, 'mode', 'at_least'], band.n, band.by.length);
    return false;
  }
  if (band.mode === 'any' && band.order === 'sequence' && band.by.length > 1) {
    check.atValue('approver-never-asked', [...written, 'mode'], {
      message: {
        zh: `依次审批，任一人决定即可：${nameOf(band.by[1])} 及之后的人永远轮不到`,
        en: `One after the other, and the first decides: ${nameOf(band.by[1])} and those after are never asked`,
      },
      remedy: { zh: '请写 mode: all，或删除 order: sequence', en: 'Write mode: all, or take out order: sequence' },
    });
    return false;
  }
  return named;
}

function nameOf(approver: Approver | undefined): string {
  return approver?.kind === 'manager-of' ? 'manager_of: owner' : (approver?.id ?? '');
}
