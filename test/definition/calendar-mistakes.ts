/** A small calendar without any problem; the tests make one mistake at a time in it. */
export const soundCalendar = `calendar: office
title: { zh: 办公室, en: Office }
zone: Europe/Berlin
extends: weekends
known_until: 2027
hours:
  mon-thu: [09:00-12:00, 13:00-17:30]
  fri: 09:00-15:00
  make-up: 10:00-16:00
holidays:
  new-year: { title: { zh: 元旦, en: New Year }, on: 01-01 }
  summer:   { title: { zh: 休假, en: Summer break }, on: [2026-08-03 to 2026-08-14, 2027-08-02] }
half_days:
  eve:      { title: { zh: 平安夜, en: Christmas Eve }, on: 12-24, hours: [09:00-12:00] }
workdays:
  count:    { title: { zh: 盘点, en: Stocktaking }, on: 2026-01-10 }
`;

/** What replaces what (the offending words marked), and the codes of the problems in the order of the file. */
export const calendarMistakes: readonly (readonly [from: string, to: string, ...codes: string[]])[] = [
  [soundCalendar, '«»', 'file-empty'],
  ['en: Office', 'en: «!x»', 'tag'],
  ['zone: Europe/Berlin\n', '', 'missing-key'],
  ['zone:', '«zon»:', 'unknown-key'],
  ['Europe/Berlin', '«Europe/Berln»', 'unknown-zone'],
  ['Europe/Berlin', '«"+01:00"»', 'unknown-zone'],
  ['Europe/Berlin', '«CET»', 'unknown-zone'],
  ['extends: weekends', 'extends: «weekend»', 'unknown-value'],
  ['extends: weekends', 'extends: «de»', 'unknown-value'],
  ['known_until: 2027', 'known_until: «27»', 'out-of-bounds'],
  ['known_until: 2027\n', '', 'known-until-missing'],
  ['09:00-15:00', '«9-15»', 'bad-format'],
  ['09:00-15:00', '«09:00-25:00»', 'bad-format'],
  ['09:00-15:00', '«15:00-09:00»', 'hours-backwards'],
  ['13:00-17:30', '«13:00-13:00»', 'hours-backwards'],
  ['13:00-17:30', '«11:30-17:30»', 'hours-overlap'],
  ['hours: [09:00-12:00]', 'hours: [09:00-12:00, «10:00-11:00»]', 'hours-overlap'],
  ['  fri:', '  «firday»:', 'unknown-weekday'],
  ['  mon-thu:', '  «mon-thu-fri»:', 'unknown-weekday'],
  ['  fri:', '  «tue»:', 'day-twice'],
  ['  mon-thu: [09:00-12:00, 13:00-17:30]\n  fri: 09:00-15:00\n', '', 'hours-missing'],
  ['  make-up: 10:00-16:00', '  «make-up»: []', 'empty'],
  ['on: 01-01', 'on: «1 January»', 'bad-format'],
  ['on: 01-01', 'on: «02-30»', 'day-unknown'],
  ['2027-08-02', '«2027-02-29»', 'day-unknown'],
  ['2026-08-03 to 2026-08-14', '«2026-08-14 to 2026-08-03»', 'min-above-max'],
  ['2026-08-03 to 2026-08-14', '«2026-08-03 to 2028-08-14»', 'out-of-bounds'],
  ['2027-08-02', '«2026-08-10»', 'day-twice'],
  ['on: 2026-01-10', 'on: «2026-08-05»', 'day-twice'],
  ['on: 12-24', 'on: «01-01»', 'day-twice'],
  ['on: 2026-01-10', 'on: «01-10»', 'bad-format'],
  [', hours: [09:00-12:00]', '', 'missing-key'],
  ['calendar: office', 'calendar: «My Office»', 'bad-id'],
  ['  count: ', '  «Count»: ', 'bad-id'],
  ['  count:    {', '  count:    { «by»: rep,', 'unknown-key'],
  ['{ zh: 办公室, en: Office }', '{ en: Office }', 'missing-translation'],
];

export const calendarCodes: ReadonlySet<string> = new Set(calendarMistakes.flatMap(([, , ...codes]) => codes));
