import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/errors.ts';
import { openApiDocument } from '../../src/schemas.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const document = openApiDocument();
const member = (value: unknown, ...path: string[]) =>
  path.reduce<Record<string, unknown>>((at, key) => ({ ...Object(at[key]) }), { ...Object(value) });
const operations = () =>
  Object.entries(member(document, 'paths')).flatMap(([path, item]) =>
    Object.keys(Object(item)).map((method) => ({ path, method, spec: member(item, method) })),
  );

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(document);
    expect(result).toEqual({ valid: true });
  });

  it('describes every route of the app, and no other', () => {
    const described = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(server.api.routes.map(({ path, method }) => `${method} ${path}`).sort());
  });

  it('says of each route whether it wants a key, as the app does', () => {
    const described = operations().filter(({ spec }) => Array.isArray(spec.security));
    expect(described.map(({ path }) => path).sort()).toEqual(
      server.api.routes
        .filter((route) => route.open)
        .map(({ path }) => path)
        .sort(),
    );
  });

  it('lists every error code, explained in both languages', () => {
    const codes = Object.keys(errorCodes);
    expect(member(document, 'components', 'schemas', 'ErrorCode').enum).toEqual(codes);
    const explained = member(document, 'x-error-codes');
    expect(Object.keys(explained)).toEqual(codes);
    for (const code of codes) {
      expect(explained[code], code).toEqual({
        when: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/^[A-Z`].*\.$/) },
        remedy: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/^[A-Z`].*\.$/) },
      });
    }
  });

  it('names each error code at an answer with its status', () => {
    const responses = Object.entries(member(document, 'components', 'responses'));
    const statuses = new Map<string, Set<string>>();
    for (const { spec } of operations()) {
      for (const [status, response] of Object.entries(member(spec, 'responses'))) {
        const ref = member(response).$ref;
        const name = typeof ref === 'string' ? ref.split('/').at(-1) : undefined;
        const description = String(member(responses.find(([known]) => known === name)?.[1]).description);
        for (const [, code] of description.matchAll(/`([a-z-]+)`/g)) {
          statuses.set(code ?? '', (statuses.get(code ?? '') ?? new Set()).add(status));
        }
      }
    }
    for (const [code, { status }] of Object.entries(errorCodes)) {
      const named = statuses.get(code) ?? new Set();
      expect(named.has(String(status)) || named.has('default'), code).toBe(true);
    }
  });

  it('describes the events as the actions of an instance do', async () => {
    await server.publish(readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8'));
    const started = await server.ask('POST', '/v1/instances', { body: { process: 'sales' } });
    const { json } = await server.ask('GET', `/v1/instances/${started.json.instance.id}`);
    const schemas = member(document, 'components', 'schemas');
    expect(new Set(json.actions.map((action: { type: string }) => action.type))).toEqual(
      new Set(['complete', 'undo', 'set', 'advance', 'override', 'hold', 'close', 'note', 'assign']),
    );
    for (const { type, input } of json.actions) {
      const name =
        String(member(schemas, 'Event', 'discriminator', 'mapping')[type])
          .split('/')
          .at(-1) ?? '';
      const known = Object.keys(member(schemas, name, 'properties'));
      expect(known, type).toEqual(expect.arrayContaining(Object.keys(input.properties)));
      expect(input.required, type).toEqual(expect.arrayContaining([...Object(schemas[name]).required]));
    }
  });

  it('is served without a key', async () => {
    const answer = await server.ask('GET', '/openapi.json', { key: null });
    expect([answer.status, answer.json]).toEqual([200, JSON.parse(JSON.stringify(document))]);
  });
});

describe('the reference page', () => {
  it('needs nothing from anywhere: no script, no link out, no image', async () => {
    const { text } = await server.ask('GET', '/docs', { key: null });
    // What examples show is text.
    const page = text.replaceAll(/<pre>.*?<\/pre>/gs, '');
    expect(page.match(/<(script|img|link|iframe|object|form)\b|https?:|\bon\w+="|style="/g)).toBeNull();
  });

  it('allows by its security policy its own style alone', async () => {
    const { text, headers } = await server.ask('GET', '/docs', { key: null });
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';style-src 'sha256-${hash}'`,
    );
  });

  it('has an anchor for every operation, schema and error code, and no link that leads nowhere', async () => {
    const { text } = await server.ask('GET', '/docs', { key: null });
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        ...operations().map(({ spec }) => String(spec.operationId)),
        ...Object.keys(member(document, 'components', 'schemas')).map((name) => `schema-${name}`),
        ...Object.keys(errorCodes),
      ]),
    );
    const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('shows each error code with its title in both languages', async () => {
    const { text } = await server.ask('GET', '/docs', { key: null });
    for (const { title } of Object.values(errorCodes)) {
      expect(text).toContain(title.zh);
      expect(text).toContain(title.en);
    }
  });
});
