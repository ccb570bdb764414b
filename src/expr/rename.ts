/** A condition with fields under their other names; what is quoted stays. */
export function renameFields(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\.?\b[A-Za-z_]\w*/g, (word) => names.get(word) ?? word);
}
