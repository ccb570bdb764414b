/** What the list of work says. */
export const workWords = {
  noWork: { zh: '没有待办。', en: 'Nothing waits for you.' },
} as const;
