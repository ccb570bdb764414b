import type { ErrorObject } from 'ajv/dist/2020.js';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { FileKind } from './file-kind.ts';
import { writeInstead } from './fix.ts';
import { keySpan, type Outline, pointerOf, valueSpan } from './outline.ts';
import type { Advice, ReportAt } from './report.ts';
import { mendKind, mendMissing, mendRepeated, mendRestOfText } from './schema-mends.ts';
import { idAdvice, kindOf, kindRemedy, patternAdvice, shown } from './schema-messages.ts';
import { homesOf } from './vocabulary.ts';

/** One error of the schema as one problem; returns the pointers that later checks should not rely on. */
export function schemaProblem(
  outline: Outline,
  kind: FileKind,
  error: ErrorObject,
  suggested: Set<string>,
  report: ReportAt,
): readonly string[] {
  const at = error.instancePath;
  const name = at.slice(at.lastIndexOf('/') + 1);
  const onKey = (code: Parameters<ReportAt>[0], pointer: string, advice: Advice): readonly string[] => {
    report(code, keySpan(outline, pointer), pointer, advice);
    return [pointer];
  };
  const onValue = (code: Parameters<ReportAt>[0], advice: Advice): readonly string[] => {
    report(code, valueSpan(outline, at), at, advice);
    return [at];
  };
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(outline, kind, error, suggested, report);
    case 'required':
    case 'dependentRequired': {
      const key = String(error.params.missingProperty);
      const pointer = at + pointerOf([key]);
      if (!suggested.has(pointer))
        onKey('missing-key', at, {
          ...missingAdvice(kind, name, key),
          fix: mendMissing(outline, at, key),
        });
      return [pointer];
    }
    case 'propertyNames': {
      const word = String(error.params.propertyName);
      return onKey('bad-id', at + pointerOf([word]), idAdvice(word, refOf(error)));
    }
    case 'pattern':
      return onValue(...patternAdvice(String(error.data), error.schemaPath));
    case 'type':
      return onValue('wrong-type', typeAdvice(name, error));
    case 'enum':
    case 'const':
      return onValue('unknown-value', valueAdvice(error));
    case 'oneOf':
      return onKey('choose-one', at, oneAdvice(error));
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return onValue('empty', {
        message: { zh: `${name} 里没有内容`, en: `There is nothing in ${name}` },
        remedy: { zh: `请写上内容，或删除 ${name}`, en: `Fill it in, or delete ${name}` },
      });
    case 'uniqueItems': {
      const item = `${at}/${Math.max(Number(error.params.i), Number(error.params.j))}`;
      report('duplicate-item', valueSpan(outline, item), item, {
        message: { zh: `${name} 中重复列出了同一项`, en: `${name} names the same thing twice` },
        remedy: { zh: '请删除其中一个', en: 'Delete one of the two' },
        fix: mendRepeated(outline, at, Number(item.slice(at.length + 1))),
      });
      return [];
    }
    default:
      return onValue('out-of-bounds', boundAdvice(name, error));
  }
}

function unknownKey(
  outline: Outline,
  kind: FileKind,
  error: ErrorObject,
  suggested: Set<string>,
  report: ReportAt,
): readonly string[] {
  const word = String(error.params.additionalProperty);
  const known = Object.keys(Object(error.parentSchema?.properties));
  const written = Object.keys(Object(error.data));
  const near = suggest(
    word,
    known.filter((key) => !written.includes(key)),
  );
  const homes = homesOf(kind, word);
  const pointer = error.instancePath + pointerOf([word]);
  const isRest = isRestOfText(error.data, word);
  report('unknown-key', keySpan(outline, pointer), pointer, {
    message: { zh: `这里不能写 ${word}`, en: `${word} is not a word that can stand here` },
    remedy: isRest
      ? { zh: '含逗号的文本请加引号', en: 'Put a text with a comma in it in quotes' }
      : near !== null
        ? { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` }
        : homes !== null
          ? { zh: `${word} 应写在${homes.zh}里`, en: `${word} belongs to ${homes.en}` }
          : { zh: `这里可以写：${known.join('、')}`, en: `What can stand here: ${known.join(', ')}` },
    fix: isRest ? mendRestOfText(outline, pointer, (key) => isRestOfText(error.data, key)) : writeInstead(near),
  });
  if (near === null) return [pointer];
  const meant = error.instancePath + pointerOf([near]);
  suggested.add(meant);
  return [pointer, meant];
}

/** What stood behind the comma of a text in braces (`{ en: Settle, the rent }`) is a key without a value to YAML. */
function isRestOfText(written: unknown, word: string): boolean {
  return Object(written)[word] === null && !/^[\w-]+$/.test(word);
}

function missingAdvice(kind: FileKind, name: string, key: string): Advice {
  const of = name === '' ? kind.name : { zh: ` ${name} `, en: name };
  const text = key === 'title';
  return {
    message: { zh: `${of.zh}缺少 ${key}`.trim(), en: `${of.en} lacks ${key}` },
    remedy: {
      zh: text ? '请加上 title: { zh: …, en: … }' : `请加上 ${key}`,
      en: text ? 'Add title: { zh: …, en: … }' : `Add ${key}`,
    },
  };
}

function typeAdvice(name: string, error: ErrorObject): Advice {
  const wanted: readonly unknown[] = [error.schema].flat();
  const list = (language: keyof Text): string =>
    wanted.map((type) => kindOf(String(type))[language]).join(language === 'zh' ? '或' : ' or ');
  const found = kindOf(foundType(error.data));
  return {
    message: {
      zh: `${name} 应是${list('zh')}，这里是${found.zh}`,
      en: `${name || 'the file'} must be ${list('en')}; this is ${found.en}`,
    },
    remedy: kindRemedy(error.schemaPath, error.data, wanted),
    fix: mendKind(error.schemaPath, error.data, wanted),
  };
}

function foundType(data: unknown): string {
  return data === null ? 'null' : Array.isArray(data) ? 'array' : typeof data;
}

function valueAdvice(error: ErrorObject): Advice {
  const allowed = (error.keyword === 'const' ? [error.schema] : [error.schema].flat()).map(String);
  const near = typeof error.data === 'string' ? suggest(error.data, allowed) : null;
  const list = allowed.join(', ');
  return {
    message: { zh: `不能写 ${shown(error.data)}`, en: `${shown(error.data)} cannot stand here` },
    remedy: {
      zh: near === null ? `可以写：${list}` : `是不是想写 ${near}？可以写：${list}`,
      en: near === null ? `Write one of: ${list}` : `Did you mean ${near}? Write one of: ${list}`,
    },
    fix: writeInstead(near),
  };
}

/** The schema uses `oneOf` only for "exactly one of these keys". */
function oneAdvice(error: ErrorObject): Advice {
  const branches: readonly unknown[] = [error.schema].flat();
  const keys = branches.flatMap((branch) => [Object(branch).required].flat().map(String));
  const written = keys.filter((key) => Object.hasOwn(Object(error.data), key));
  const list = keys.join(', ');
  return {
    message:
      written.length === 0
        ? { zh: `缺少其中一个：${list}`, en: `One of these is missing: ${list}` }
        : { zh: `同时写了 ${written.join('、')}`, en: `${written.join(' and ')} are written together` },
    remedy: { zh: `请只写其中一个：${list}`, en: `Write exactly one of: ${list}` },
  };
}

function boundAdvice(name: string, { keyword, params, data }: ErrorObject): Advice {
  const limit = String(params.limit);
  const least = keyword === 'minimum';
  const size =
    keyword === 'maxLength'
      ? { zh: ' 个字符', en: ' characters' }
      : keyword === 'maxItems' || keyword === 'maxProperties'
        ? { zh: ' 项', en: ' entries' }
        : { zh: '', en: '' };
  const found = size.en === '' ? { zh: `，这里是 ${shown(data)}`, en: `; this is ${shown(data)}` } : { zh: '', en: '' };
  return {
    message: {
      zh: `${name} ${least ? '至少' : '最多'} ${limit}${size.zh}${found.zh}`,
      en: `${name} may be ${least ? 'no less than' : 'at most'} ${limit}${size.en}${found.en}`,
    },
    remedy: least
      ? { zh: '请写大一些', en: 'Make it larger' }
      : { zh: '请写小或写短一些', en: 'Make it smaller or shorter' },
  };
}

function refOf({ schema }: ErrorObject): string {
  return String(Object(schema).$ref ?? '');
}
