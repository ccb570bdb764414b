import { calendarSchema } from '../schemas.ts';
import { calendarValidator } from '../validators.ts';
import type { FileKind } from './file-kind.ts';

export const calendarKind: FileKind = {
  name: { zh: '日历', en: 'The calendar' },
  begin: { zh: '第一行写 calendar: 日历标识', en: 'Begin with a line calendar: id-of-the-calendar' },
  schema: calendarSchema,
  validator: calendarValidator,
  elements: {
    holiday: { zh: '节假日', en: 'a holiday' },
    halfDay: { zh: '半天', en: 'a half day' },
    workday: { zh: '调休工作日', en: 'a make-up workday' },
  },
};
