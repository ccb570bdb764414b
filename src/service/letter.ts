import type { CompiledProcess } from '../compile/types.ts';
import type { Letter } from '../delivery/index.ts';
import { type MessageType, messageType } from '../engine/index.ts';
import type { Json } from '../json.ts';
import type { Language, Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import type { EntryView } from './types.ts';

/** What each type of message says in the subject, after the name of what it is about. */
const said: Readonly<Record<MessageType, Text>> = {
  'phasegate.instance.started': { zh: '已启动', en: 'has started' },
  'phasegate.instance.closed': { zh: '已结束', en: 'is closed' },
  'phasegate.instance.reopened': { zh: '已重开', en: 'was opened again' },
  'phasegate.instance.held': { zh: '已挂起', en: 'is on hold' },
  'phasegate.instance.resumed': { zh: '已恢复', en: 'goes on' },
  'phasegate.outcome.set': { zh: '已有结果', en: 'has an outcome' },
  'phasegate.instance.moved': { zh: '进入新的环节', en: 'has moved on' },
  'phasegate.approval.requested': { zh: '有审批待处理', en: 'waits for an approval' },
  'phasegate.approval.decided': { zh: '审批已有结论', en: 'an approval was decided' },
  'phasegate.sla.warned': { zh: '时限将到', en: 'is due soon' },
  'phasegate.sla.breached': { zh: '已逾期', en: 'is late' },
  'phasegate.sla.escalated': { zh: '逾期升级', en: 'is still late' },
  'phasegate.call.requested': { zh: '已请求服务', en: 'asks a service' },
  'phasegate.incident.opened': { zh: '出现故障，需要处理', en: 'needs somebody to see to it' },
  'phasegate.instance.changed': { zh: '有变化', en: 'has changed' },
};

/** The zone of what names none. */
const ZONE = 'Asia/Shanghai';

/**
 * What a letter says of an entry: which instance, what happened, when, which SLA. Nothing that people wrote, no values of
 * fields, and the business key only where everybody may see it. `language` null: both.
 */
export async function letterOf(
  { store, processes }: Pick<ServiceContext, 'store' | 'processes'>,
  entry: EntryView,
  language: Language | null,
): Promise<Pick<Letter, 'subject' | 'text'>> {
  const compiled = await processes.get(entry.process, entry.version);
  const process = compiled?.ok ? compiled.process : null;
  const [row] = await store.loadInstances([entry.instance]);
  const name = shownName(process, row?.key ?? null, entry.instance);
  const parts = (language === null ? (['zh', 'en'] as const) : [language]).map((each) =>
    partOf(process, entry, name, each),
  );
  return {
    subject: parts.map(({ subject }) => subject).join(' / '),
    text: `${parts.map(({ text }) => text).join('\n\n')}\n`,
  };
}

/** The business key, or the id where there is none that everybody may see. */
function shownName(process: CompiledProcess | null, key: string | null, id: string): string {
  const field = process?.definition.key ?? null;
  const isOpen = process !== null && field !== null && !process.guarded.fields.has(field);
  return key !== null && isOpen ? key : id;
}

function partOf(process: CompiledProcess | null, entry: EntryView, name: string, language: Language) {
  const type = messageType(entry);
  const title = process?.definition.title[language] ?? entry.process;
  const { clock, due, late } = Object(entry.command);
  const timed = typeof clock === 'string' ? (process?.clocks.get(clock) ?? null) : null;
  const zone = timed?.calendars.at(-1)?.calendar.definition.zone ?? ZONE;
  const at = (instant: Json | undefined) => (typeof instant === 'string' ? wallText(instant, zone) : null);
  const what = timed === null ? null : timed.title[language];
  const say = {
    zh: [
      ['流程', title],
      ['实例', name],
      ['事项', what],
      ['事件', said[type].zh],
      ['到期', at(due)],
      ['已晚', type === 'phasegate.sla.warned' ? null : lateText(late)],
      ['时间', at(entry.at)],
      ['查看', `npx phasegate show ${entry.instance}，或 GET /v1/instances/${entry.instance}`],
    ],
    en: [
      ['Process', title],
      ['Instance', name],
      ['What', what],
      ['Event', said[type].en],
      ['Due', at(due)],
      ['Late by', type === 'phasegate.sla.warned' ? null : lateText(late)],
      ['At', at(entry.at)],
      ['See', `npx phasegate show ${entry.instance}, or GET /v1/instances/${entry.instance}`],
    ],
  }[language];
  const lines = say.flatMap(([word, value]) =>
    value === null ? [] : [`${word}${language === 'zh' ? '：' : ': '}${value}`],
  );
  const about = [title, name, what].filter((part) => part !== null).join(language === 'zh' ? '，' : ', ');
  return { subject: `${about}${language === 'zh' ? '：' : ': '}${said[type][language]}`, text: lines.join('\n') };
}

function lateText(late: Json | undefined): string | null {
  return typeof late === 'string' && late !== 'PT0S' ? late : null;
}

function wallText(instant: string, zone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return `${text.format(new Date(instant))} (${zone})`;
}
