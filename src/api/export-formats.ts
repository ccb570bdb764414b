import { CSV_MARK, csvLine } from '../csv.ts';
import { type EntryView, isOverridden } from '../service/index.ts';
import type { Text } from '../text.ts';

/** A form in which entries are handed out as a file, a line for each. */
export interface ExportFormat {
  readonly type: string;
  readonly ending: string;
  /** What stands before the first entry. */
  readonly head: string;
  /** `key` is the business key of its instance. */
  line(entry: EntryView, key: string | null): string;
  /** The last line of a file that does not hold everything; `next` is where to go on. */
  cut(why: Text, next: string): string;
}

/** Most characters of a cell: spreadsheets take 32,767. */
const MOST_IN_CELL = 32_000;

const columns = [
  'recorded_at',
  'happened_at',
  'process',
  'version',
  'key',
  'instance',
  'seq',
  'type',
  'accepted',
  'overridden',
  'actor',
  'via',
  'roles',
  'command',
  'refusal_code',
  'refusal_zh',
  'refusal_en',
  'prev',
  'hash',
];

const csv: ExportFormat = {
  type: 'text/csv; charset=utf-8; header=present',
  ending: 'csv',
  head: CSV_MARK + csvLine(columns),
  line: (entry, key) => csvLine(cellsOf(entry, key).map(clipped)),
  cut: ({ zh, en }, next) => csvLine([`${zh} ${en} cursor=${next}`]),
};

const jsonl: ExportFormat = {
  type: 'application/x-ndjson; charset=utf-8',
  ending: 'jsonl',
  head: '',
  line: (entry) => `${JSON.stringify(entry)}\n`,
  cut: (why, next) => `${JSON.stringify({ cut: why, next })}\n`,
};

export const exportFormats: Readonly<Record<string, ExportFormat>> = { csv, jsonl };

function cellsOf(entry: EntryView, key: string | null): readonly string[] {
  return [
    entry.recordedAt,
    entry.at,
    entry.process,
    String(entry.version),
    key ?? '',
    entry.instance,
    String(entry.seq),
    entry.type,
    String(entry.accepted),
    String(isOverridden(entry)),
    entry.actor,
    entry.via ?? '',
    entry.roles.join(' '),
    JSON.stringify(entry.command),
    entry.refusal?.code ?? '',
    entry.refusal?.detail.zh ?? '',
    entry.refusal?.detail.en ?? '',
    entry.prev,
    entry.hash,
  ];
}

function clipped(text: string): string {
  return text.length > MOST_IN_CELL ? `${text.slice(0, MOST_IN_CELL)}…` : text;
}
