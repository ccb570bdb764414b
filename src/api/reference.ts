import { errorCodes } from '../errors.ts';
import { referenceStyle } from './reference-style.ts';

/** A part of the OpenAPI document: we wrote it and tests validate it, so a missing member reads as empty. */
type Node = Readonly<Record<string, unknown>>;

/** The API reference as one HTML page: no script, no font, no image, nothing fetched. */
export function referencePage(document: Node): string {
  const info = node(document.info);
  const tags = list(document.tags);
  const operations = operationsOf(document);
  const schemas = Object.entries(node(node(document.components).schemas));
  const navigation = tags.map((tag) => {
    const links = operations.filter((o) => o.tag === tag.name).map((o) => link(o.id, verb(o.method) + esc(o.summary)));
    return `<b>${esc(tag.name)} <span class="dim">${esc(tag['x-zh'])}</span></b>${links.join('')}`;
  });
  const groups = tags.map(
    (tag) =>
      `<h2 id="tag-${esc(tag.name)}">${esc(capital(tag.name))} <span class="dim">${esc(tag['x-zh'])}</span></h2>
<p>${prose(tag.description)}</p>${operations
        .filter((o) => o.tag === tag.name)
        .map((o) => operationCard(document, o))
        .join('')}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(info.title)} API</title><style>${referenceStyle}</style></head>
<body><div class="page"><nav aria-label="Contents"><a href="#top"><strong>${esc(info.title)}</strong></a>
${navigation.join('\n')}<b>reference <span class="dim">参考</span></b>
${link('errors', 'Error codes <span class="dim">错误代码</span>')}${link('schemas', 'Schemas <span class="dim">数据结构</span>')}
<a href="/openapi.json">openapi.json</a></nav>
<main id="top"><h1>${esc(info.title)} API</h1><p class="dim">${esc(info.summary)}</p>${paragraphs(info.description)}
${groups.join('\n')}
<h2 id="errors">Error codes <span class="dim">错误代码</span></h2>
<p>Every refusal is <code>application/problem+json</code> (RFC 9457, ${reference('Problem')}) with one of these codes; the set is closed.
<span class="dim">每个错误回答都带有下列代码之一。</span></p>${errorTable(node(document['x-error-codes']))}
<h2 id="schemas">Schemas <span class="dim">数据结构</span></h2>
${schemas.map(([name, schema]) => schemaCard(name, node(schema))).join('\n')}
</main></div></body></html>`;
}

interface Operation {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly spec: Node;
}

function operationsOf(document: Node): readonly Operation[] {
  // What subscribers receive stands beside what is asked of us.
  const all = { ...node(document.paths), ...node(document.webhooks) };
  return Object.entries(all).flatMap(([path, item]) =>
    Object.entries(node(item)).map(([method, value]) => {
      const spec = node(value);
      const [tag] = Array.isArray(spec.tags) ? spec.tags : [];
      const id = String(spec.operationId);
      return { id, tag: String(tag), method: method.toUpperCase(), path, summary: String(spec.summary), spec };
    }),
  );
}

function operationCard(document: Node, { id, method, path, summary, spec }: Operation): string {
  const parameters = list(spec.parameters).map((p) => resolve(document, p));
  const body = resolve(document, node(spec.requestBody));
  const open = Array.isArray(spec.security) && spec.security.length === 0;
  const responses = Object.entries(node(spec.responses)).map(([status, value]) => {
    const response = resolve(document, node(value));
    return `<tr><td><code>${esc(status)}</code></td><td>${prose(response.description)}</td><td>${contentTypes(response)}</td></tr>`;
  });
  return `<section class="card" id="${esc(id)}"><h3>${esc(summary)} <span class="dim">${esc(spec['x-zh'])}</span></h3>
<div class="path">${verb(method)}<code>${esc(path)}</code>${open ? '<span class="dim">no key needed</span>' : ''}</div>
${spec.description === undefined ? '' : paragraphs(spec.description)}
${parameters.length === 0 ? '' : `<h4>Parameters</h4>${table(parameters.map(parameterRow))}`}
${body.content === undefined ? '' : `<h4>Body</h4><p>${prose(body.description)} ${contentTypes(body)}</p>${examples(body)}`}
<h4>Answers</h4>${table(responses)}</section>`;
}

function parameterRow(parameter: Node): string {
  return `<tr><td><code>${esc(parameter.name)}</code> ${needed(parameter.required === true)}</td>
<td class="dim">${esc(parameter.in)}</td><td>${typeOf(node(parameter.schema))}</td><td>${prose(parameter.description)}</td></tr>`;
}

function contentTypes(holder: Node): string {
  return Object.entries(node(holder.content))
    .map(([type, value]) => `<code>${esc(type)}</code> ${typeOf(node(node(value).schema))}`)
    .join('<br>');
}

function examples(body: Node): string {
  const [media] = Object.values(node(body.content)).map(node);
  if (media === undefined) return '';
  const named = Object.values(node(media.examples)).map(node);
  const shown = named.length > 0 ? named : media.example === undefined ? [] : [{ value: media.example }];
  return shown
    .map(({ summary, value }: Node) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return `${summary === undefined ? '' : `<h4>${esc(summary)}</h4>`}<pre><code>${esc(text)}</code></pre>`;
    })
    .join('');
}

function errorTable(explained: Node): string {
  const rows = Object.entries(errorCodes).map(([code, { status, title }]) => {
    const { when, remedy } = node(explained[code]);
    const both = (text: unknown) => `${prose(node(text).en)}<br><span class="dim">${prose(node(text).zh)}</span>`;
    return `<tr id="${esc(code)}"><td><a href="#${esc(code)}"><code>${esc(code)}</code></a><br><span class="dim">${status}</span></td>
<td>${both(title)}</td><td>${both(when)}</td><td>${both(remedy)}</td></tr>`;
  });
  return `<section class="card">${table(rows, ['code', 'title', 'when', 'what to do'])}</section>`;
}

function schemaCard(name: string, schema: Node): string {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const rows = Object.entries(node(schema.properties)).map(([property, value]) => {
    const member = node(value);
    return `<tr><td><code>${esc(property)}</code> ${needed(required.includes(property))}</td><td>${typeOf(member)}</td><td>${prose(member.description)}</td></tr>`;
  });
  return `<section class="card" id="schema-${esc(name)}"><h3>${esc(name)}</h3>
${schema.description === undefined ? '' : `<p>${prose(schema.description)}</p>`}
${rows.length > 0 ? table(rows) : `<p>${typeOf(schema)}</p>`}</section>`;
}

/** A schema in a few words, with links to the named ones. */
function typeOf(schema: Node): string {
  if (typeof schema.$ref === 'string') return reference(schema.$ref.split('/').at(-1) ?? '');
  if (Array.isArray(schema.enum)) return schema.enum.map((v) => `<code>${esc(v)}</code>`).join(' ');
  if ('const' in schema) return `<code>${esc(schema.const)}</code>`;
  if (Array.isArray(schema.oneOf)) return schema.oneOf.map((s) => typeOf(node(s))).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(node(schema.items))}`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return `map of ${typeOf(node(schema.additionalProperties))}`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'any value');
  const bounds = [
    schema.minimum === undefined ? '' : `≥ ${schema.minimum}`,
    schema.maximum === undefined ? '' : `≤ ${schema.maximum}`,
    schema.default === undefined ? '' : `default ${schema.default}`,
  ];
  const pattern = schema.pattern === undefined ? '' : ` <code>${esc(schema.pattern)}</code>`;
  return `<span class="dim">${esc([type, ...bounds].filter((part) => part !== '').join(', '))}</span>${pattern}`;
}

function resolve(document: Node, value: Node): Node {
  const ref = value.$ref;
  if (typeof ref !== 'string') return value;
  return ref
    .slice(2)
    .split('/')
    .reduce((at, key) => node(at[key]), document);
}

function table(rows: readonly string[], heads: readonly string[] = []): string {
  const head = heads.length === 0 ? '' : `<tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr>`;
  return `<div class="wide"><table>${head}${rows.join('')}</table></div>`;
}

const needed = (yes: boolean): string => (yes ? '<span class="needed">required</span>' : '');
const verb = (method: string): string => `<span class="verb ${method}">${method}</span> `;
const link = (id: string, html: string): string => `<a href="#${id}"><span>${html}</span></a>`;
const reference = (name: string): string => `<a href="#schema-${esc(name)}">${esc(name)}</a>`;
const capital = (word: unknown): string => String(word).charAt(0).toUpperCase() + String(word).slice(1);
const prose = (text: unknown): string => esc(text ?? '').replaceAll(/`([^`]+)`/g, '<code>$1</code>');
const paragraphs = (text: unknown): string =>
  String(text)
    .split('\n\n')
    .map((part) => `<p>${prose(part)}</p>`)
    .join('');

function node(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(node) : [];
}

function esc(value: unknown): string {
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
