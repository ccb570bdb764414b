import type { Choice, ProcessDefinition } from '../definition/types.ts';
import type { Changes } from '../engine/types.ts';
import type { EntryView } from '../service/types.ts';
import type { Language } from '../text.ts';
import { isRecord } from './answer-guards.ts';
import { childTexts, parentText } from './child-text.ts';
import { choiceText } from './choice-text.ts';
import { createClient } from './client.ts';
import type { CommandSpec, Look } from './command.ts';
import { exitCodes } from './exit.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

export const history: CommandSpec = {
  name: 'history',
  summary: {
    zh: '显示一个实例的全部历史，包括被拒绝的操作',
    en: 'show everything that happened to an instance, what was refused too',
  },
  args: [{ form: '<ID>', help: { zh: '实例的编号', en: 'id of the instance' } }],
  options: [{ form: '--json', help: { zh: '每行一条 JSON 输出', en: 'one entry a line as JSON' } }],
  settings: ['client'],
  async run(cli, [id = ''], options) {
    const client = createClient(cli);
    const entries: EntryView[] = [];
    let cursor: string | null = null;
    do {
      const page = await client.history(id, cursor);
      cursor = page.next;
      if (options.json === true) for (const entry of page.entries) cli.print(JSON.stringify(entry));
      else entries.push(...page.entries);
    } while (cursor !== null);
    const last = entries.at(-1);
    if (last !== undefined) {
      cli.print(historyText(entries, await client.definition(last.process, last.version), cli));
    }
    return exitCodes.ok;
  },
};

/** What a line of a history is made of. */
type Told = Pick<EntryView, 'seq' | 'at' | 'actor' | 'via' | 'type' | 'accepted' | 'command' | 'changes' | 'refusal'>;

/** A history as a table, a line for each entry. */
export function historyText(
  entries: readonly Told[],
  definition: ProcessDefinition,
  look: Look,
  showTime: (instant: string) => string = timeText,
): string {
  const { language, paint } = look;
  const head = { zh: ['#', '发生时间', '操作人', '事件', '内容'], en: ['#', 'when', 'actor', 'event', 'what'] };
  const rows = entries.map((entry) => {
    const mark = entry.accepted ? paint.green('✓') : paint.red('✗');
    const what = whatHappened(entry, definition, language);
    return [entry.seq, showTime(entry.at), actorText(entry), `${mark} ${entry.type}`, what];
  });
  return tableText(head[language], rows, look);
}

/** Who acted, and who for them: `张三 (crm)`. */
function actorText({ actor, via }: Told): string {
  return via === null ? actor : `${actor} (${via})`;
}

function whatHappened({ command, changes, refusal }: Told, definition: ProcessDefinition, language: Language): string {
  const members = isRecord(command) ? Object.entries(command) : [];
  const choices = isRecord(command) ? choicesOf(definition, command) : [];
  const said = members.map(([name, value]) => memberText(name, value, choices, language));
  const moved = changes === null ? [] : moveTexts(changes, language);
  const outcome = changes?.outcome === undefined ? [] : [`= ${outcomeText(definition, changes.outcome, language)}`];
  const approvals = Object.entries(changes?.approvals ?? {}).map(([id, { status }]) => `${id} = ${status}`);
  const why = refusal === null ? [] : [`${refusal.code}: ${refusal.detail[language]}`];
  const children = childTexts(changes?.children ?? {}, language);
  const parent = changes?.parent === undefined ? [] : [`(${parentText(changes.parent, language)})`];
  return [...said, ...parent, ...approvals, ...children, ...moved, ...outcome, ...why].join('  ');
}

/** What the ids in a command may stand for: the choices of its activity, the reasons of its outcome. */
function choicesOf(
  { phases, outcomes }: ProcessDefinition,
  { activity, outcome }: Readonly<Record<string, unknown>>,
): readonly Choice[] {
  const activities = phases.flatMap(({ steps }) => steps).flatMap((step) => step.activities);
  return [
    ...(activities.find(({ id }) => id === activity)?.choices?.of ?? []),
    ...(outcomes.find(({ id }) => id === outcome)?.reasons ?? []),
  ];
}

function memberText(name: string, value: unknown, choices: readonly Choice[], language: Language): string {
  if (name === 'notify' && isRecord(value)) return notifyText(value, language);
  if (isRecord(value)) return Object.keys(value).join(', ');
  if (Array.isArray(value)) return value.map((item) => choiceText(choices, String(item), language)).join(', ');
  if (name === 'because') return { zh: `由第 ${value} 条自动引起`, en: `by itself after ${value}` }[language];
  if (name === 'reason') return `reason: ${choiceText(choices, String(value), language)}`;
  return name === 'activity' || name === 'to' || name === 'step' ? String(value) : `${name}: ${String(value)}`;
}

/** Whom time's own commands tell. */
function notifyText({ roles, actors }: Readonly<Record<string, unknown>>, language: Language): string {
  const names = [roles, actors].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  return `${{ zh: '通知', en: 'told' }[language]}: ${names.join(', ')}`;
}

/** Where work goes on, and what waits to be entered. */
function moveTexts({ position, waiting, status }: Changes, language: Language): readonly string[] {
  const moved = position === undefined ? null : moveText(position, status === 'closed', language);
  const idle = waiting?.to.map(({ step }) => step).join(', ') ?? '';
  const words = { zh: '等待进入', en: 'waiting' }[language];
  return [...(moved === null ? [] : [moved]), ...(idle === '' ? [] : [`(${words}: ${idle})`])];
}

/** A step that ends beside others that stay open leads nowhere new; null where nothing is open. */
function moveText(
  { from, to }: NonNullable<Changes['position']>,
  isClosed: boolean,
  language: Language,
): string | null {
  const before = new Set(from.map(({ step }) => step));
  const after = to.map(({ step }) => step);
  const entered = after.filter((step) => !before.has(step)).join(' + ');
  const open = after.join(' + ');
  if (entered !== '') return `→ ${entered}`;
  if (isClosed) return { zh: '→ 已结束', en: '→ closed' }[language];
  if (open === '') return null;
  return { zh: `→ 已完成（${open} 仍在进行）`, en: `→ done (${open} stays open)` }[language];
}

function outcomeText(definition: ProcessDefinition, outcome: string | null, language: Language): string {
  return outcome === null ? '–' : choiceText(definition.outcomes, outcome, language);
}
