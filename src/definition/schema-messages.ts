import type { Text } from '../text.ts';
import { writeInstead } from './fix.ts';
import type { ProblemCode } from './problem-codes.ts';
import type { Advice } from './report.ts';
import { fullWidthRemedy } from './yaml-messages.ts';

const kinds: Readonly<Record<string, Text>> = {
  object: { zh: '一组键和值', en: 'a map of words' },
  array: { zh: '列表', en: 'a list' },
  string: { zh: '文本', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  integer: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  null: { zh: '空的', en: 'empty' },
};

/** What people call a JSON type. */
export function kindOf(type: string): Text {
  return kinds[type] ?? { zh: type, en: type };
}

/** A value of the file as it is quoted in messages: short, on one line. */
export function shown(data: unknown): string {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? String(data));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** How the value should have been written, by the part of the schema that it had to follow. */
export function kindRemedy(schemaPath: string, data: unknown, wanted: readonly unknown[]): Text {
  const written = shown(data);
  if (schemaPath.includes('$defs/text/')) {
    const text = typeof data === 'string' ? written : '…';
    return { zh: `请写成两种语言：{ zh: ${text}, en: … }`, en: `Write it in both languages: { zh: …, en: ${text} }` };
  }
  if (schemaPath.includes('$defs/duration/') || schemaPath.includes('$defs/warning/')) {
    return { zh: '请写数字和单位，例如 7 days', en: 'Write a number and a unit, e.g. 7 days' };
  }
  if (schemaPath.includes('$defs/gate/')) {
    return {
      zh: '请写成“标识: 条件”，例如 class-known: known(class)',
      en: 'Write "id: condition", e.g. class-known: known(class)',
    };
  }
  if (data === null) return { zh: '请写上内容，或删除这个键', en: 'Fill it in, or delete the key' };
  if (wanted.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    return { zh: `请加引号："${written}"`, en: `Put it in quotes: "${written}"` };
  }
  if (wanted.includes('array') && typeof data === 'string') {
    return { zh: `请写成列表：[${written}]`, en: `Write a list: [${written}]` };
  }
  if (wanted.includes('boolean')) return { zh: '请写 true 或 false', en: 'Write true or false' };
  if (typeof data === 'string' && wanted.some((type) => type === 'number' || type === 'integer')) {
    return { zh: '请只写数字，不加引号、单位和千分位', en: 'Write the number alone: no quotes, unit or separators' };
  }
  return { zh: '写法见 processes/README.md', en: 'See processes/README.md for how it is written' };
}

const idRules: Readonly<Record<string, Text>> = {
  id: {
    zh: '小写字母开头，只用小写字母、数字、连字符，最多 64 个',
    en: 'lower-case letters, digits and hyphens, starting with a letter, at most 64',
  },
  fieldId: {
    zh: '小写字母开头，只用小写字母、数字、下划线，最多 64 个',
    en: 'lower-case letters, digits and underscores, starting with a letter, at most 64',
  },
  choiceId: {
    zh: '字母或数字开头，只用字母、数字、下划线、连字符，最多 64 个',
    en: 'letters, digits, underscores and hyphens, starting with a letter or digit, at most 64',
  },
};

/** How an id must be spelt, with a spelling that would do where the word suggests one. */
export function idAdvice(word: string, ref: string): Advice {
  const kind = ref.includes('choiceId') ? 'choiceId' : /fieldId|tableId/.test(ref) ? 'fieldId' : 'id';
  const rule = idRules[kind] ?? { zh: '', en: '' };
  const glue = kind === 'fieldId' ? '_' : '-';
  const plain = word
    .trim()
    .replace(/([a-z])([A-Z])/g, `$1${glue}$2`)
    .toLowerCase()
    .replace(/[\s_.-]+/g, glue);
  const better = /^[a-z][a-z0-9_-]{0,63}$/.test(plain) ? plain : null;
  return {
    message: { zh: `${shown(word)} 不能作标识`, en: `${shown(word)} cannot be an id` },
    remedy:
      fullWidthRemedy(word) ??
      (better === null
        ? { zh: `标识的写法：${rule.zh}`, en: `An id has ${rule.en}` }
        : { zh: `请写 ${better}（${rule.zh}）`, en: `Write ${better} (${rule.en})` }),
    fix: fullWidthRemedy(word) === null ? writeInstead(better) : null,
  };
}

/** What a text that follows no pattern should have looked like. */
export function patternAdvice(text: string, schemaPath: string): [ProblemCode, Advice] {
  const definition = schemaPath.match(/\$defs\/(\w+)\/pattern$/)?.[1] ?? '';
  if (definition === 'duration' || definition === 'warning') return ['bad-duration', durationAdvice(text, definition)];
  if (['hours', 'periods', 'period'].includes(definition)) return ['bad-format', periodAdvice(text)];
  if (definition === 'day' || definition === 'days') return ['bad-format', dayAdvice(text)];
  if (definition === 'instant') return ['bad-format', instantAdvice(text)];
  if (definition === 'date') return ['bad-format', dateAdvice(text)];
  if (definition === 'wait') return ['bad-duration', waitAdvice(text)];
  if (definition === 'evidenceState') return ['bad-format', evidenceStateAdvice(text)];
  if (definition === 'evidenceName') return ['bad-format', evidenceNameAdvice(text)];
  if (definition !== '') return ['bad-id', idAdvice(text, definition)];
  return [
    'bad-format',
    {
      message: { zh: `${shown(text)} 不是币种代码`, en: `${shown(text)} is not the code of a currency` },
      remedy: { zh: '请写三个大写字母的代码，例如 CNY', en: 'Write its three capital letters, e.g. CNY' },
    },
  ];
}

function periodAdvice(text: string): Advice {
  return {
    message: { zh: `${shown(text)} 不是时间段`, en: `${shown(text)} is not a stretch of a day` },
    remedy: {
      zh: '请写起止时刻（24 小时制），例如 09:00-12:00；午夜结束写 24:00',
      en: 'Write two times of the 24-hour clock, e.g. 09:00-12:00; midnight at the end is 24:00',
    },
  };
}

function dayAdvice(text: string): Advice {
  return {
    message: { zh: `${shown(text)} 不是日期`, en: `${shown(text)} is not a day` },
    remedy: {
      zh: '请写年-月-日 2026-02-16，连续几天 2026-02-16 to 2026-02-20，或每年的月-日 12-25',
      en: 'Write a day 2026-02-16, several 2026-02-16 to 2026-02-20, or a day of every year 12-25',
    },
  };
}

function instantAdvice(text: string): Advice {
  return {
    message: { zh: `${shown(text)} 不是带时区的时间`, en: `${shown(text)} is not an instant with its offset` },
    remedy: { zh: '请写成 2026-02-13T17:30+08:00', en: 'Write it like 2026-02-13T17:30+08:00' },
  };
}

function dateAdvice(text: string): Advice {
  return {
    message: { zh: `${shown(text)} 不是日期`, en: `${shown(text)} is not a date` },
    remedy: { zh: '请写年-月-日，例如 2026-03-31', en: 'Write year, month and day, e.g. 2026-03-31' },
  };
}

function waitAdvice(text: string): Advice {
  return {
    message: { zh: `${shown(text)} 不是等待的时长`, en: `${shown(text)} says neither how long nor until when` },
    remedy: {
      zh: '请写 2 working days、3 days 这样的时长，或 until 2026-03-02T09:00+08:00',
      en: 'Write a duration such as 2 working days or 3 days, or until 2026-03-02T09:00+08:00',
    },
  };
}

function evidenceStateAdvice(text: string): Advice {
  return {
    message: { zh: `${shown(text)} 不是证据的状态`, en: `${shown(text)} is no state of evidence` },
    remedy: {
      zh: '请写 none、standing、withdrawn，或 until 和最后一个有效日，例如 until 2026-03-31',
      en: 'Write none, standing, withdrawn, or until and its last valid day, e.g. until 2026-03-31',
    },
  };
}

function evidenceNameAdvice(text: string): Advice {
  return {
    message: { zh: `${shown(text)} 不是证据名`, en: `${shown(text)} does not name evidence` },
    remedy: {
      zh: '请写 流程/证据，例如 quarterly-market-review/market-review',
      en: 'Write process/evidence, e.g. quarterly-market-review/market-review',
    },
  };
}

function durationAdvice(text: string, definition: string): Advice {
  const units = 'working days, working hours, days, hours, minutes, weeks, months';
  const share = definition === 'warning' ? { zh: '80%，或', en: '80%, or ' } : { zh: '', en: '' };
  return {
    message: { zh: `${shown(text)} 不是时长`, en: `${shown(text)} is not a duration` },
    remedy: {
      zh: `请写${share.zh}数字和单位，例如 2 working days；单位：${units}`,
      en: `Write ${share.en}a number and a unit, e.g. 2 working days; units: ${units}`,
    },
  };
}
