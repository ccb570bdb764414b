/** What the board says. */
export const boardWords = {
  startOne: { zh: '新建一个', en: 'Start one' },
  emptyColumn: { zh: '没有', en: 'none' },
  oneDayHere: { zh: '1 天', en: '1 day here' },
  more: { zh: '更多', en: 'More' },
} as const;
