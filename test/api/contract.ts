import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../src/schemas.ts';

type Node = Readonly<Record<string, unknown>>;

/** Holds an answer against `schemas/openapi.yaml`: throws when the path, status, media type or body is not what it promises. */
export type CheckAnswer = (
  method: string,
  path: string,
  status: number,
  contentType: string | null,
  body: string,
) => void;

export function createContract(): CheckAnswer {
  const document = openApiDocument();
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...closed(document), $id: 'openapi' });
  const compiled = new Map<string, ValidateFunction>();
  const templates = Object.keys(node(document.paths)).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));

  return (method, path, status, contentType, body) => {
    // Of several that match (`/v1/processes/check`), the one without parameters is meant.
    const matching = templates.filter(({ pattern }) => pattern.test(path));
    const found = matching.find(({ template }) => template === path) ?? matching[0];
    const pointer: string[] = found === undefined ? ['components', 'responses', 'Other'] : [];
    if (found !== undefined) {
      const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
      const operation = node(node(node(document.paths)[found.template])[verb]);
      const responses = node(operation.responses);
      const key = String(status) in responses ? String(status) : 'default';
      // A method that the path does not take has no operation; what it answers is promised for all.
      if (operation.responses === undefined) pointer.push('components', 'responses', 'Other');
      else {
        const ref = node(responses[key]).$ref;
        if (responses[key] === undefined) throw new Error(`${method} ${found.template} does not document ${status}`);
        if (typeof ref === 'string') pointer.push(...ref.slice(2).split('/'));
        else pointer.push('paths', found.template, verb, 'responses', key);
      }
    }
    const content = pointer.reduce((at, key) => node(at[key]), document).content;
    if (method === 'HEAD' || status === 304) return;
    const type = (contentType ?? '').split(';')[0] ?? '';
    if (!(type in node(content))) throw new Error(`${method} ${path} ${status} does not document ${type}`);
    if (!/[/+]json$/.test(type)) return;
    const at = [...pointer, 'content', type, 'schema'].map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'));
    const ref = `openapi#/${at.map(encodeURIComponent).join('/')}`;
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
    compiled.set(ref, validate);
    if (!validate(JSON.parse(body))) {
      throw new Error(`${method} ${path} ${status} is not as documented: ${ajv.errorsText(validate.errors)}\n${body}`);
    }
  };
}

/** Lets no object of the document's schemas hold members that are not documented. */
function closed(value: unknown): Node {
  return node(
    JSON.parse(JSON.stringify(value), (_, part: unknown) => {
      const schema = node(part);
      const open = schema.type === 'object' && 'properties' in schema && !('additionalProperties' in schema);
      return open ? { ...schema, additionalProperties: false } : part;
    }),
  );
}

function node(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
