import type { ChildRecord } from '../engine/types.ts';
import type { InstanceDetail, InstanceView } from '../service/types.ts';
import type { Language } from '../text.ts';
import type { Look } from './command.ts';
import { timeText } from './value-text.ts';

const words = {
  zh: {
    requested: '待启动',
    started: '进行中',
    ended: '已结束',
    failed: '出错',
    cancelled: '已取消',
    dismissed: '已放弃',
    dropped: '不再需要',
    parent: '父流程',
    round: '轮次',
  },
  en: {
    requested: 'requested',
    started: 'started',
    ended: 'ended',
    failed: 'failed',
    cancelled: 'cancelled',
    dismissed: 'dismissed',
    dropped: 'dropped',
    parent: 'parent',
    round: 'round',
  },
} as const;

/** Every instance that its steps have started: how it stands, its id, and what went wrong. */
export function childLines(records: InstanceDetail['records']['children'], look: Look): readonly string[] {
  const { language, paint } = look;
  const say = words[language];
  return Object.entries(records).flatMap(([id, record]) => {
    const { name, step, round, process, outcome, incident, requestedBy, requestedAt } = record;
    const where = `${step}${round > 1 ? ` (${say.round} ${round})` : ''}`;
    const end = outcome === null ? '' : ` = ${outcome}`;
    const asked = paint.dim(`${requestedBy} ${timeText(requestedAt)}`);
    return [
      `  ${markOf(record, look)} ${name}  ${process}  ${statusText(record, language)}${end}  ${where}  ${id}  ${asked}`,
      ...(incident === null ? [] : [`      ${paint.red(incident[language])}`]),
    ];
  });
}

function markOf({ status, need }: ChildRecord, { paint }: Look): string {
  if (need !== 'wanted') return paint.dim('–');
  if (status === 'ended') return paint.green('✓');
  return status === 'failed' ? paint.red('✗') : paint.yellow('…');
}

/** `failed (dismissed)` */
function statusText({ status, need }: ChildRecord, language: Language): string {
  const say = words[language];
  return need === 'wanted' || status === 'cancelled' ? say[status] : `${say[status]} (${say[need]})`;
}

/** What started it. */
export function parentText({ instance, step, child }: NonNullable<InstanceView['parent']>, language: Language): string {
  return `${words[language].parent}: ${instance}  ${step} › ${child}`;
}

/** What an entry of the history changed of them: `account-care = started`. */
export function childTexts(children: InstanceDetail['records']['children'], language: Language): readonly string[] {
  return Object.values(children).map((record) => `${record.name} = ${statusText(record, language)}`);
}
