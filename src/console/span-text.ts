import { language } from './language.ts';

const units = {
  zh: ['年', '个月', '周', '天', '小时', '分钟', '秒'],
  en: ['y', 'mo', 'wk', 'd', 'h', 'min', 's'],
} as const;

/** An ISO 8601 duration as people say it, its two largest parts: `2 d 12 h`. */
export function spanText(duration: string): string {
  const [, ...parts] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration) ?? [];
  const named = parts.flatMap((part, n) => {
    const count = part === undefined ? 0 : Math.round(Number(part));
    return count === 0 ? [] : [`${count} ${units[language.value][n]}`];
  });
  return named.length === 0 ? `0 ${units[language.value][5]}` : named.slice(0, 2).join(' ');
}

/** Milliseconds in the same words. */
export function millisText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  return spanText(`P${days}DT${hours}H${rest}M`);
}
