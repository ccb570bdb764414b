import { type InputProblem, ProcessError } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { GivenMembers } from './subscription-types.ts';

/** `invalid-input` for a body whose members are not what they should be. */
export function invalidMembers(errors: readonly InputProblem[]): ProcessError {
  const [first] = errors;
  return new ProcessError(
    'invalid-input',
    {
      zh: `请求体有 ${errors.length} 处不正确。${first?.message.zh ?? ''}`,
      en: `${errors.length} of the members given ${errors.length === 1 ? 'is' : 'are'} wrong. ${first?.message.en ?? ''}`,
    },
    { errors },
  );
}

/** Those that are none of the known ones, each with the one that may be meant. */
export function unknownMembers(given: GivenMembers, known: readonly string[]): InputProblem[] {
  return Object.keys(given).flatMap((name) => {
    if (known.includes(name)) return [];
    const near = suggest(name, known);
    const message: Text = {
      zh: `没有这个成员${near === null ? '' : `，是否指 ${near}`}；可用的有 ${known.join('、')}`,
      en: `is no member${near === null ? '' : `; did you mean ${near}?`} Known: ${known.join(', ')}`,
    };
    return [{ pointer: `/${name.slice(0, 100)}`, message }];
  });
}

/** One thing that is not as it should be, and what was found. */
export function wrongMember(pointer: string, zh: string, en: string, value: unknown): InputProblem {
  const found = JSON.stringify(value)?.slice(0, 100) ?? 'nothing';
  return { pointer, message: { zh: `${zh}；收到 ${found}`, en: `${en}; found ${found}` } };
}
