/**
 * Width of a text in em, on the generous side of common interface fonts, since a drawing cannot ask which font will
 * show it: Chinese is one em per character, Latin by class.
 */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  if ((char.codePointAt(0) ?? 0) >= 0x2e80) return 1;
  if (/[ijl.,:;'|!()[\]]/.test(char)) return 0.3;
  if (/[ frt-]/.test(char)) return 0.37;
  if (/[mwMW@%&]/.test(char)) return 0.88;
  if (/[A-Z]/.test(char)) return 0.68;
  return 0.57;
}

/** Closing punctuation that may not begin a line. */
const CLINGS = /^[，。、；：！？）》」』”’…%]/;

/** How far one such sign may hang over, in em. */
const HANG = 1;

/** Breaks a text into at most `most` lines of a width in em; what does not fit ends in an ellipsis. */
export function wrapText(text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  // Latin breaks after spaces, Chinese after any character.
  for (const piece of text.match(/[⺀-￿]|[^\s⺀-￿]+|\s+/gu) ?? []) {
    if (line !== '' && !CLINGS.test(piece) && textWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    if (line !== '' || piece.trim() !== '') line += piece;
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd());
  if (lines.length <= most && lines.every((each) => textWidth(each) <= width + HANG)) return lines;
  return lines.slice(0, most).map((each, index) => {
    const cut = index === most - 1 && lines.length > most;
    return cut || textWidth(each) > width + HANG ? shortened(each, width) : each;
  });
}

function shortened(text: string, width: number): string {
  const chars = [...text];
  while (chars.length > 0 && textWidth(`${chars.join('')}…`) > width) chars.pop();
  return `${chars.join('').trimEnd()}…`;
}
