import { type Duration, parseDuration } from '../calendar/index.ts';
import type { Check } from './check.ts';
import { eachSla, type PlacedSla } from './each-sla.ts';
import { type Path, pointerOf } from './outline.ts';
import type { Sla } from './sla-types.ts';

/** Parts that may take longer than the whole that they are part of. */
export function checkSlaNesting(check: Check): void {
  const placed = eachSla(check.definition);
  const byPath = new Map(placed.map((each) => [pointerOf(each.path), each]));
  for (const inner of placed) {
    // Of a step, a phase and the process, the nearest first: what follows from it need not be said.
    const around = [4, 2, 0].filter((length) => length < inner.path.length - 1);
    for (const length of around) {
      const outer = byPath.get(pointerOf([...inner.path.slice(0, length), 'sla']));
      const found = outer === undefined ? null : exceeding(check, inner, outer);
      if (outer === undefined || found === null) continue;
      report(check, inner, outer, found);
      break;
    }
  }
}

interface Written {
  readonly words: string;
  readonly path: Path;
  readonly duration: Duration;
}

function writtenIn({ sla, path }: PlacedSla): readonly Written[] {
  const all = [
    { words: sla.within, path: [...path, 'within'] },
    ...sla.targets.map(({ within }, n) => ({ words: within, path: [...path, 'targets', n, 'within'] })),
  ];
  return all.flatMap(({ words, path: own }) => {
    const duration = words === null ? null : parseDuration(words);
    return words === null || duration === null ? [] : [{ words, path: own, duration }];
  });
}

/** The duration that is longer than every one of the outer SLA; null: there is none, or that cannot be told. */
function exceeding(check: Check, inner: PlacedSla, outer: PlacedSla): Written | null {
  const limits = writtenIn(outer);
  const isDated = outer.sla.due !== null || outer.sla.targets.some(({ due }) => due !== null);
  if (limits.length === 0 || isDated || !isAlike(check, inner.sla, outer.sla)) return null;
  const longer = ({ duration }: Written): boolean => limits.every((limit) => isLonger(duration, limit.duration));
  return writtenIn(inner).find(longer) ?? null;
}

/** Whether both clocks start with the work, stand still together and go by the same working time. */
function isAlike({ definition: { roles } }: Check, inner: Sla, outer: Sla): boolean {
  const words = ({ pause, calendar }: Sla) => JSON.stringify([pause, calendar]);
  return (
    inner.from === null &&
    outer.from === null &&
    (outer.pause.length === 0 || words(inner) === words(outer)) &&
    inner.calendar === outer.calendar &&
    (inner.calendar !== null || roles.every(({ calendar }) => calendar === null))
  );
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** Minutes that it takes at least and at most, whenever it starts; nothing bounds how long nobody works. */
function minutesOf({ amount, unit }: Duration): { readonly least: number; readonly most: number } {
  const exactly = (minutes: number) => ({ least: minutes, most: minutes });
  // To the same time on the clock, which may have been put forward or back.
  const about = (least: number, most: number) => ({ least: least * DAY - HOUR, most: most * DAY + HOUR });
  switch (unit) {
    case 'minutes':
      return exactly(amount);
    case 'hours':
      return exactly(amount * HOUR);
    case 'days':
      return about(amount, amount);
    case 'weeks':
      return about(amount * 7, amount * 7);
    case 'months':
      return about(amount * 28, amount * 31);
    case 'working hours':
      return { least: amount * HOUR, most: Number.POSITIVE_INFINITY };
    case 'working days':
      // The first and the last may be parts of a day.
      return about(amount - 1, Number.POSITIVE_INFINITY);
  }
}

function isLonger(one: Duration, other: Duration): boolean {
  return one.unit === other.unit ? one.amount > other.amount : minutesOf(one).least > minutesOf(other).most;
}

const parts: Readonly<Record<PlacedSla['of'], { readonly zh: string; readonly en: string }>> = {
  process: { zh: '流程', en: 'process' },
  phase: { zh: '阶段', en: 'phase' },
  step: { zh: '环节', en: 'step' },
  activity: { zh: '细则', en: 'activity' },
  approval: { zh: '审批', en: 'approval' },
};

function report(check: Check, inner: PlacedSla, outer: PlacedSla, found: Written): void {
  const [part, whole] = [parts[inner.of], parts[outer.of]];
  const limits = writtenIn(outer).map(({ words }) => words);
  check.atValue('sla-exceeds-parent', found.path, {
    message: {
      zh: `${part.zh}的时限 ${found.words} 比所在${whole.zh}的 ${limits.join('、')} 还长`,
      en: `The ${part.en} may take ${found.words}, longer than the ${limits.join(', ')} of the ${whole.en} that it is part of`,
    },
    remedy: {
      zh: `请缩短它，或放宽${whole.zh}的时限`,
      en: `Shorten it, or give the ${whole.en} more time`,
    },
  });
}
