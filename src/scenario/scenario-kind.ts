import type { FileKind } from '../definition/index.ts';
import { scenarioSchema } from '../schemas.ts';
import { scenarioValidator } from '../validators.ts';

export const scenarioKind: FileKind = {
  name: { zh: '场景文件', en: 'The file of scenarios' },
  begin: { zh: '第一行写 process: 流程标识', en: 'Begin with a line process: id-of-the-process' },
  schema: scenarioSchema,
  validator: scenarioValidator,
  elements: {
    scenario: { zh: '场景', en: 'a scenario' },
    start: { zh: 'start', en: 'start' },
    step: { zh: '一步', en: 'a step of do' },
    expect: { zh: 'expect', en: 'expect' },
    clock: { zh: '时限', en: 'a clock of sla' },
    actor: { zh: '操作人', en: 'an actor' },
    standing: { zh: '证据', en: 'evidence' },
  },
};
