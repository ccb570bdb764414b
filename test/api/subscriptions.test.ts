import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signatureOf } from '../../src/delivery/index.ts';
import { messageType, messageTypes } from '../../src/engine/index.ts';
import { openApiDocument } from '../../src/schemas.ts';
import { type Server, startServer, visitYaml } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
  await server.publish(visitYaml);
});
afterAll(() => server.stop());

const URL = '/v1/subscriptions';
const subscribe = async (body: object = {}) =>
  await server.ask('POST', URL, { body: { url: 'https://example.com/hook', ...body } });

describe('subscriptions over HTTP', () => {
  it('are made, read, listed, rotated and ended; each secret is shown once and never logged', async () => {
    const made = await subscribe({ process: 'visit', types: ['phasegate.instance.closed'] });
    const { secret, ...shown } = made.json;
    expect([made.status, made.headers.get('location')]).toEqual([201, `${URL}/${shown.id}`]);
    expect(shown).toEqual({
      id: expect.any(String),
      url: 'https://example.com/hook',
      process: 'visit',
      types: ['phasegate.instance.closed'],
      services: [],
      for: null,
      language: null,
      state: 'active',
      why: null,
      formerUntil: null,
      createdAt: expect.any(String),
      createdBy: 'anna',
    });
    expect((await server.ask('GET', `${URL}/${shown.id}`)).json).toEqual(shown);
    const rotated = await server.ask('POST', `${URL}/${shown.id}/rotate`, { body: {} });
    expect(rotated.json.secret).not.toBe(secret);
    const { json } = await server.ask('GET', URL);
    expect(json).toEqual({ subscriptions: [{ ...shown, formerUntil: rotated.json.formerUntil }] });
    expect((await server.ask('DELETE', `${URL}/${shown.id}`)).status).toBe(200);
    for (const method of ['GET', 'DELETE'])
      expect((await server.ask(method, `${URL}/${shown.id}`)).json.code).toBe('not-found');
    expect(JSON.stringify(server.log)).not.toContain('whsec_');
  });

  it('have dead letters that are read page by page and sent again', async () => {
    const { id } = (await subscribe()).json;
    const started = await server.ask('POST', '/v1/instances', { body: { process: 'visit' } });
    await server.store.killMessages(id, 'HTTP 500', '2026-02-13T09:30:00.000Z', 10);
    const message = `${started.json.instance.id}-1`;
    expect((await server.ask('GET', '/metrics')).text.match(/^phasegate_messages.*$/gm)).toEqual([
      'phasegate_messages_waiting 0',
      'phasegate_messages_dead 1',
    ]);
    const letters = await server.ask('GET', `${URL}/${id}/dead-letters?limit=1`);
    expect(letters.json.messages).toMatchObject([{ id: message, seq: 1, why: 'HTTP 500' }]);
    expect((await server.ask('POST', `${URL}/${id}/dead-letters/${message}/resend`)).status).toBe(202);
    expect((await server.ask('GET', `${URL}/${id}/dead-letters`)).json).toEqual({ messages: [], next: null });
    expect((await server.ask('GET', `${URL}/${id}/dead-letters?cursor=x`)).json).toMatchObject({
      code: 'malformed-request',
      parameter: 'cursor',
    });
  });

  it.each([
    [{ url: 'https://[::ffff:a9fe:a9fe]/' }, '/url'],
    [{ url: 'https://user:word@example.com/' }, '/url'],
    [{ process: 'visti' }, '/process'],
    [{ types: ['phasegate.instance.close'] }, '/types/0'],
    [{ type: 'x' }, '/type'],
  ])('%j is refused at %s', async (body, pointer) => {
    const { status, json } = await subscribe(body);
    expect([status, json.code, json.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      'invalid-input',
      [pointer],
    ]);
  });
});

describe('the description of what subscribers receive', () => {
  const document = Object(openApiDocument());
  const { parameters, requestBody } = document.webhooks.message.post;
  const { example } = requestBody.content['application/cloudevents+json'];

  it('has an example that is as it says, told as the type that it has, with a signature that is good', () => {
    const ajv = new Ajv2020({ strict: false, validateSchema: false });
    addFormats.default(ajv);
    ajv.addSchema({ ...document, $id: 'openapi' });
    const validate = ajv.compile({ $ref: 'openapi#/components/schemas/Message' });
    expect([validate(example), validate.errors]).toEqual([true, null]);
    expect(messageType(example.data)).toBe(example.type);
    const headers = Object.fromEntries(
      parameters.map((parameter: { name: string; example: string }) => [parameter.name, parameter.example]),
    );
    const body = JSON.stringify(example);
    const secret = /whsec_\S+=/.exec(document.webhooks.message.post.description)?.[0] ?? '';
    vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1_000 });
    try {
      expect(headers['webhook-signature']).toBe(
        signatureOf([secret], headers['webhook-id'], Number(headers['webhook-timestamp']), body),
      );
      expect(new Webhook(secret).verify(body, headers)).toEqual(example);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lists every type', () => {
    expect(document.components.schemas.MessageType.enum).toEqual(messageTypes);
  });
});
