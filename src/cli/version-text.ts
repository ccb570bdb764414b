import type { VersionView } from '../service/types.ts';
import type { Text } from '../text.ts';
import type { Look } from './command.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

const head = {
  zh: ['版本', '状态', '生效于', '作者', '评审', '发布', '进行中', '已结束', '原因'],
  en: ['version', 'standing', 'effective', 'author', 'reviewed', 'published', 'open', 'closed', 'why'],
} as const;

const standings: Readonly<Record<VersionView['standing'], Text>> = {
  draft: { zh: '草稿', en: 'draft' },
  reviewed: { zh: '已评审', en: 'reviewed' },
  rejected: { zh: '已驳回', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  scheduled: { zh: '待生效', en: 'scheduled' },
  published: { zh: '已发布', en: 'published' },
};

/** Counting stops there. */
const COUNTED = 10_000;

/** Versions, one a row, with who did what and when (UTC); the arrow marks the one that instances start on. */
export function versionsText(versions: readonly VersionView[], look: Look): string {
  return tableText(
    head[look.language],
    versions.map((version) => rowOf(version, look)),
    look,
  );
}

function rowOf(view: VersionView, { language }: Look): readonly string[] {
  const { version, standing, isNewest, effectiveAt, author, instances, record } = view;
  const by = (...acts: readonly string[]) => {
    const line = record.findLast(({ act }) => acts.includes(act));
    return line === undefined ? '—' : `${line.actor} ${timeText(line.at)}`;
  };
  const reviewed = by('approve', 'reject');
  const forced = record.findLast(({ act }) => act === 'publish')?.isForced === true ? ' (--force)' : '';
  return [
    `${isNewest ? '→' : ' '} ${version}`,
    standings[standing][language],
    effectiveAt === null ? '—' : timeText(effectiveAt),
    author,
    reviewed,
    `${by('publish')}${forced}`,
    countText(instances?.open),
    countText(instances?.closed),
    whyText(view),
  ];
}

function countText(count: number | undefined): string {
  if (count === undefined) return '—';
  return count >= COUNTED ? `${COUNTED}+` : String(count);
}

/** The change note with what it is to bring, and what was said last, where that was something else. */
function whyText({ note, hypothesis, metric, record }: VersionView): string {
  const last = record.at(-1);
  const said = last === undefined || last.act === 'draft' || last.note === null ? [] : [`${last.act}: ${last.note}`];
  const parts = [note, hypothesis === null ? null : `→ ${hypothesis}`, metric === null ? null : `◎ ${metric}`, ...said];
  return parts.filter((part) => part !== null).join('\n') || '—';
}

/** One version in a line: what became of it. */
export function versionLine({ process, version, standing, isNewest, effectiveAt }: VersionView): Text {
  const name = `${process}@${version}`;
  const at = effectiveAt === null ? '' : timeText(effectiveAt);
  const newest = isNewest
    ? { zh: `，新实例从它启动（自 ${at} UTC）`, en: `, new instances start on it (since ${at} UTC)` }
    : standing === 'scheduled'
      ? { zh: `，自 ${at} UTC 起生效`, en: `, in effect from ${at} UTC` }
      : { zh: '', en: '' };
  return { zh: `${name} ${standings[standing].zh}${newest.zh}`, en: `${name}: ${standings[standing].en}${newest.en}` };
}
