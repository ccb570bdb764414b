/** Texts in quotes, operators, numbers, names; whatever else, a character at a time. */
const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|>=|<=|==|!=|&&|\|\||[<>]|\d+(?:\.\d+)?|[A-Za-z_]\w*|[\s\S]/g;

const operators: Readonly<Record<string, string>> = {
  '>=': '>',
  '>': '>=',
  '<=': '<',
  '<': '<=',
  '==': '!=',
  '!=': '==',
  '&&': '||',
  '||': '&&',
};

/** A condition with one comparison, one connection or one limit changed, each by a little; one text for each change. */
export function changedConditions(text: string): readonly string[] {
  const tokens = text.match(TOKEN) ?? [];
  return tokens.flatMap((token, n) =>
    insteadOf(token).map((other) => [...tokens.slice(0, n), other, ...tokens.slice(n + 1)].join('')),
  );
}

function insteadOf(token: string): readonly string[] {
  const operator = operators[token];
  if (operator !== undefined) return [operator];
  if (!/^\d/.test(token)) return [];
  const number = Number(token);
  // What is left of 0 would need a sign, which may be there already.
  return [...(number >= 1 ? [number - 1] : []), number + 1].map(String);
}
