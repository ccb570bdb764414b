/** What the map of a process says beside the process's own words. */
export const mapWords = {
  map: { zh: '流程图', en: 'Map of the process' },
  open: { zh: '当前所在', en: 'here now' },
  been: { zh: '已走过', en: 'passed' },
  ahead: { zh: '还未到', en: 'ahead' },
} as const;
