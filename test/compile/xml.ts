/** An element of a parsed document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Characters of the element itself, those of its children left out. */
  text: string;
  readonly children: Element[];
}

const TOKEN = /<\/([\w:-]+)\s*>|<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

/** Parses the XML that drawings are made of; throws for anything that is not well-formed. */
export function parseXml(source: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(source);
    const parent = open.at(-1);
    if (token === null || parent === undefined) throw new Error(`not well-formed at ${source.slice(at, at + 60)}`);
    const [, closing, opening, attributes = '', empty, text] = token;
    if (text !== undefined) {
      parent.text += characters(text);
    } else if (closing !== undefined) {
      if (open.pop()?.name !== closing) throw new Error(`</${closing}> closes nothing`);
    } else if (opening !== undefined) {
      const element: Element = { name: opening, attributes: attributesOf(attributes), text: '', children: [] };
      parent.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  const [top, ...others] = root.children;
  if (open.length !== 1 || top === undefined || others.length > 0) throw new Error('not one whole element');
  return top;
}

/** All elements of a document, the outer one first. */
export const elements = (element: Element): readonly Element[] => [element, ...element.children.flatMap(elements)];

function attributesOf(source: string): Readonly<Record<string, string>> {
  const found = [...source.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, characters(value)] as const);
  if (new Set(found.map(([name]) => name)).size < found.length) throw new Error(`an attribute twice in ${source}`);
  return Object.fromEntries(found);
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function characters(source: string): string {
  const text = source.replace(/&(?:#(\d+)|(amp|lt|gt|quot|apos));|&/g, (entity, code?: string, name?: string) => {
    if (entity === '&') throw new Error(`a bare & in ${source}`);
    return code === undefined ? (named[name ?? ''] ?? entity) : String.fromCodePoint(Number(code));
  });
  // The characters of XML 1.0, section 2.2.
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)) throw new Error('a character XML forbids');
  return text;
}
