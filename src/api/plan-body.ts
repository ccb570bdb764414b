import { type InputProblem, ProcessError } from '../errors.ts';
import type { Plan, PlanKind, PlanRequest } from '../service/types.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';

/** Instances that a plan may name, and steps that it may move. */
const MOST_NAMED = 10_000;
const MOST_MOVES = 500;
const MOST_PROBLEMS = 50;

const ID = /^[a-z][a-z0-9-]{0,63}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const MARKS = /^[0-9a-f]*$/;

type Members = Readonly<Record<string, unknown>>;

const CHOICES = ['moves', 'instances', 'only'];
const PLAN = ['process', 'tenant', 'base', 'to', 'madeAt', ...CHOICES, 'counts', 'items', 'digest'];

/** What a plan is asked of. Throws `invalid-input` with a pointer to whatever is not as it should be. */
export function readPlanRequest(body: Members, more: readonly string[] = []): PlanRequest {
  const reader = createReader();
  reader.known('', body, ['yaml', 'version', ...CHOICES, ...more]);
  const { yaml, version } = body;
  const isFile = typeof yaml === 'string';
  const isVersion = Number.isSafeInteger(version) && Number(version) > 0;
  if (isFile === isVersion)
    reader.wrong(
      '/yaml',
      { zh: 'yaml（文件）和 version（版本号）中的一个', en: 'either yaml (a file) or version (a number)' },
      yaml ?? version,
    );
  const choices = reader.choices(body);
  reader.end();
  return { of: isFile ? { yaml } : { version: Number(version) }, ...choices };
}

/** Which of the instances are wanted. */
export function readPage(body: Members, { pageDefault, pageMax }: { pageDefault: number; pageMax: number }) {
  const reader = createReader();
  const { kind = null, cursor = null, limit = pageDefault } = body;
  const kinds: readonly PlanKind[] = ['keep', 'auto', 'ask', 'blocked'];
  const wanted = kinds.find((each) => each === kind) ?? null;
  if (kind !== wanted) reader.wrong('/kind', list(kinds), kind);
  const place = readCursor(reader, cursor);
  if (!(Number.isSafeInteger(limit) && Number(limit) >= 1 && Number(limit) <= pageMax))
    reader.wrong('/limit', { zh: `1–${pageMax} 的整数`, en: `a whole number from 1 to ${pageMax}` }, limit);
  reader.end();
  return { kind: wanted, cursor: place, limit: Number(limit) };
}

/** A plan as it was made, and how it is to be applied. */
export function readApplication(body: Members) {
  const reader = createReader();
  reader.known('', body, ['plan', 'moved', 'cursor']);
  const { plan, moved = 'refuse', cursor = null } = body;
  if (moved !== 'refuse' && moved !== 'leave') reader.wrong('/moved', list(['refuse', 'leave']), moved);
  const place = readCursor(reader, cursor);
  const given = reader.plan(plan);
  reader.end();
  if (given === null) throw new Error('a plan that is wrong is told');
  return { plan: given, moved: moved === 'leave' ? ('leave' as const) : ('refuse' as const), cursor: place };
}

/** The digest of the plan that is to be taken back. */
export function readReversion(body: Members) {
  const reader = createReader();
  reader.known('', body, ['plan', 'cursor']);
  const { plan, cursor = null } = body;
  if (typeof plan !== 'string' || !DIGEST.test(plan))
    reader.wrong(
      '/plan',
      { zh: '计划的 digest（64 位十六进制）', en: 'the digest of a plan (64 hexadecimal digits)' },
      plan,
    );
  const place = readCursor(reader, cursor);
  reader.end();
  return { plan: String(plan), cursor: place };
}

type Reader = ReturnType<typeof createReader>;

function readCursor({ wrong }: Reader, cursor: unknown): string | null {
  if (typeof cursor === 'string' && UUID.test(cursor)) return cursor;
  if (cursor !== null) wrong('/cursor', { zh: '上一次回答中的 next', en: 'the `next` of the answer before' }, cursor);
  return null;
}

function createReader() {
  const problems: InputProblem[] = [];
  const tell = (pointer: string, message: Text) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ pointer, message });
  };
  const wrong = (pointer: string, want: Text, found: unknown) => {
    const shown = (JSON.stringify(found) ?? 'nothing').slice(0, 80);
    tell(pointer, {
      zh: `${pointer} 应为${want.zh}；收到 ${shown}`,
      en: `${pointer} should be ${want.en}; found ${shown}`,
    });
  };
  const known = (pointer: string, value: Members, names: readonly string[]) => {
    for (const name of Object.keys(value).filter((each) => !names.includes(each))) {
      const shown = name.slice(0, 80);
      const near = suggest(shown, names);
      tell(`${pointer}/${shown.replaceAll('~', '~0').replaceAll('/', '~1')}`, {
        zh: `不认识的成员 ${shown}${near === null ? '；' : `，是否指 ${near}？`}可用：${names.join(', ')}`,
        en: `unknown member ${shown}${near === null ? ';' : `; did you mean ${near}?`} known are ${names.join(', ')}`,
      });
    }
  };
  /** Steps, each with another. */
  const moves = (pointer: string, value: unknown): Record<string, string> => {
    const entries = isMembers(value) ? Object.entries(value) : null;
    const isSound = entries?.every(([from, to]) => ID.test(from) && typeof to === 'string' && ID.test(to)) ?? false;
    if (entries !== null && isSound && entries.length <= MOST_MOVES)
      return Object.fromEntries(entries.map(([from, to]) => [from, String(to)]));
    wrong(pointer, { zh: '{原环节: 新环节}', en: '{former step: new step}' }, value);
    return {};
  };
  const choices = ({
    moves: all = {},
    instances = {},
    only = null,
  }: Members): Pick<PlanRequest, 'moves' | 'instances' | 'only'> => {
    const own: Record<string, 'keep' | Record<string, string>> = {};
    const named = isMembers(instances) ? Object.entries(instances) : [];
    if (!isMembers(instances) || named.length > MOST_NAMED)
      wrong(
        '/instances',
        {
          zh: `{实例编号: "keep" 或 {原环节: 新环节}}，最多 ${MOST_NAMED} 个`,
          en: `{id of an instance: "keep" or {former step: new step}}, at most ${MOST_NAMED}`,
        },
        instances,
      );
    else
      for (const [id, choice] of named) {
        if (!UUID.test(id))
          wrong(`/instances/${id.slice(0, 80)}`, { zh: '实例的编号', en: 'the id of an instance' }, id);
        else own[id] = choice === 'keep' ? choice : moves(`/instances/${id}`, choice);
      }
    const ids =
      Array.isArray(only) && only.every((id) => typeof id === 'string' && UUID.test(id)) ? only.map(String) : null;
    if (only !== null && (ids === null || ids.length > MOST_NAMED))
      wrong(
        '/only',
        { zh: `最多 ${MOST_NAMED} 个实例编号的列表`, en: `a list of at most ${MOST_NAMED} ids of instances` },
        only,
      );
    return { moves: moves('/moves', all), instances: own, only: ids };
  };
  const plan = (value: unknown): Plan | null => {
    const at = '/plan';
    const want = { zh: 'phasegate plan 写出的计划', en: 'a plan as phasegate plan wrote it' };
    if (!isMembers(value)) {
      wrong(at, want, value);
      return null;
    }
    known(at, value, PLAN);
    const { process, tenant, base, to, madeAt, counts, items, digest } = value;
    const texts =
      [process, tenant, madeAt, digest].every((text) => typeof text === 'string' && text.length <= 200) &&
      typeof items === 'string' &&
      MARKS.test(items);
    const isBase = isMembers(base) && Number.isSafeInteger(base.version) && typeof base.digest === 'string';
    const isCounted = isMembers(counts) && Object.values(counts).every(Number.isSafeInteger);
    if (!texts || !isBase || !isCounted || !isMembers(to) || typeof to.digest !== 'string') {
      wrong(at, want, value);
      return null;
    }
    const count = (name: string) => Number(counts[name] ?? 0);
    return {
      process: String(process),
      tenant: String(tenant),
      base: { version: Number(base.version), digest: String(base.digest) },
      to: { digest: to.digest },
      madeAt: String(madeAt),
      ...choices(value),
      counts: {
        open: count('open'),
        keep: count('keep'),
        auto: count('auto'),
        ask: count('ask'),
        blocked: count('blocked'),
      },
      items: String(items),
      digest: String(digest),
    };
  };
  const end = (): void => {
    const [first] = problems;
    if (first !== undefined) throw new ProcessError('invalid-input', first.message, { errors: problems });
  };
  return { wrong, known, choices, plan, end };
}

function list(values: readonly string[]): Text {
  return { zh: `${values.join('、')} 之一`, en: `one of ${values.join(', ')}` };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
