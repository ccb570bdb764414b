import { isZone, zoneLike } from '../calendar/index.ts';
import { writeInstead } from './fix.ts';
import type { Path } from './outline.ts';
import type { Reports } from './reports.ts';

/** A time zone by its IANA name. */
export function checkZone(check: Reports, zone: string, path: Path): void {
  if (!check.sound(path) || isZone(zone)) return;
  const near = zoneLike(zone);
  check.atValue('unknown-zone', path, {
    message: { zh: `没有时区 ${zone}`, en: `There is no time zone ${zone}` },
    remedy:
      near === null
        ? { zh: '请写 IANA 时区名，例如 Asia/Shanghai', en: 'Write the IANA name of one, e.g. Asia/Shanghai' }
        : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
    fix: writeInstead(near),
  });
}
