import type { ProcessDefinition } from '../definition/types.ts';
import type { ApprovalRecord, ApprovalTurn } from '../engine/approval-types.ts';
import { nameOf, openTurns } from '../engine/approvers.ts';
import type { InstanceDetail } from '../service/types.ts';
import type { Look } from './command.ts';
import { timeText } from './value-text.ts';

const statuses = {
  zh: { requested: '待审批', approved: '已同意', rejected: '已驳回', withdrawn: '已撤销', void: '已失效' },
  en: { requested: 'requested', approved: 'approved', rejected: 'rejected', withdrawn: 'withdrawn', void: 'void' },
} as const;

/** Every approval that was asked for: how it stands, who decided, and who is asked now. */
export function approvalLines(
  records: InstanceDetail['records']['approvals'],
  { phases }: ProcessDefinition,
  look: Look,
): readonly string[] {
  const declared = phases.flatMap(({ steps }) => steps.flatMap(({ approvals }) => approvals));
  return declared.flatMap((approval) => {
    const record = records[approval.id];
    if (record === undefined) return [];
    const { language, paint } = look;
    const mark = { requested: paint.yellow('…'), approved: paint.green('✓') }[String(record.status)] ?? paint.red('✗');
    const asked = paint.dim(`${record.requestedBy} ${timeText(record.requestedAt)}`);
    const band = approval.bands[record.band - 1];
    const open = band === undefined || record.status !== 'requested' ? [] : openTurns(band, record.turns);
    return [
      `  ${mark} ${approval.id}  ${approval.title[language]}: ${statuses[language][record.status]}  ${asked}`,
      ...record.turns.map((turn) => `      ${turnText(turn, open.includes(turn), look)}`),
      ...(record.ended === null ? [] : [`      ${endedText(record.ended, language)}`]),
    ];
  });
}

function turnText(turn: ApprovalTurn, isOpen: boolean, { language, paint }: Look): string {
  const words = { zh: { for: '代', waits: '等待审批' }, en: { for: 'for', waits: 'may decide now' } }[language];
  const name = turn.from === null ? nameOf(turn) : `${nameOf(turn)} (← ${turn.from})`;
  const { decision } = turn;
  if (decision === null) return isOpen ? `${paint.cyan('▸')} ${name}  ${words.waits}` : `${paint.dim('○')} ${name}`;
  const mark = decision.decision === 'approved' ? paint.green('✓') : paint.red('✗');
  const by = decision.for === null ? decision.by : `${decision.by} (${words.for} ${decision.for})`;
  const comment = decision.comment === null ? '' : `  ${decision.comment}`;
  return `${mark} ${name}${comment}  ${paint.dim(`${by} ${timeText(decision.at)}`)}`;
}

function endedText({ why, fields, by }: NonNullable<ApprovalRecord['ended']>, language: 'zh' | 'en'): string {
  const words = {
    zh: {
      changed: '修改了',
      withdrawn: '撤销了申请',
      left: '离开了环节',
      round: '重新进入了环节',
      definition: '转到了审批规则不同的版本',
    },
    en: {
      changed: 'changed',
      withdrawn: 'withdrew the request',
      left: 'left the step',
      round: 'entered the step anew',
      definition: 'took it to a version that asks something else',
    },
  }[language];
  return `${by} ${words[why]} ${fields.join(', ')}`.trim();
}
