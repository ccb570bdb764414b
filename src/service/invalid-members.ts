import { type InputProblem, ProcessError } from '../errors.ts';

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
