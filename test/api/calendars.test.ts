import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const festival = { zh: '春节', en: 'Spring Festival' };
const summary = {
  calendar: 'china',
  title: { zh: '中国大陆工作日历', en: 'Mainland China' },
  digest: '1422bbb81ed94f99627d7016dddd65f170d89ca9e458414f8087d14192bcfd91',
  zone: 'Asia/Shanghai',
  extends: 'cn',
  known: { firstYear: 2004, lastYear: 2026 },
};

describe('calendars over HTTP', () => {
  it('are listed', async () => {
    expect((await server.ask('GET', '/v1/calendars')).json).toMatchObject({
      calendars: [summary, { calendar: 'germany' }],
    });
  });

  it('are shown with their hours', async () => {
    const day = ['09:00-12:00', '13:30-18:00'];
    expect((await server.ask('GET', '/v1/calendars/china')).json).toEqual({
      ...summary,
      source: null,
      assumed: true,
      note: '上下班时间为暂定 / the hours are ours until they are confirmed',
      week: [day, day, day, day, day, [], []],
      makeUp: day,
      days: [],
    });
  });

  it('explain every interval between two instants', async () => {
    const path = '/v1/calendars/china/between?from=2026-02-14T17:30%2B08:00&to=2026-02-24T10:00%2B08:00';
    const off = { name: null, worked: false, provisional: false };
    expect((await server.ask('GET', path)).json).toEqual({
      calendar: 'china',
      zone: 'Asia/Shanghai',
      from: '2026-02-14T09:30:00.000Z',
      to: '2026-02-24T02:00:00.000Z',
      workingTime: 'PT1H30M',
      workingDays: 0.2,
      segments: [
        {
          from: '2026-02-14T09:30:00.000Z',
          to: '2026-02-14T10:00:00.000Z',
          kind: 'make-up',
          name: festival,
          worked: true,
          duration: 'PT30M',
          provisional: false,
        },
        {
          from: '2026-02-14T10:00:00.000Z',
          to: '2026-02-14T16:00:00.000Z',
          kind: 'off-hours',
          duration: 'PT6H',
          ...off,
        },
        {
          ...off,
          from: '2026-02-14T16:00:00.000Z',
          to: '2026-02-23T16:00:00.000Z',
          kind: 'holiday',
          name: festival,
          duration: 'PT216H',
        },
        {
          from: '2026-02-23T16:00:00.000Z',
          to: '2026-02-24T01:00:00.000Z',
          kind: 'off-hours',
          duration: 'PT9H',
          ...off,
        },
        {
          from: '2026-02-24T01:00:00.000Z',
          to: '2026-02-24T02:00:00.000Z',
          kind: 'working',
          name: null,
          worked: true,
          duration: 'PT1H',
          provisional: false,
        },
      ],
      provisional: null,
    });
  });

  it('say of what is not known yet why it may change', async () => {
    const { json } = await server.ask('GET', '/v1/calendars/china/between?from=2026-12-31T02:00Z&to=2027-01-01T02:00Z');
    expect(json.workingTime).toBe('PT7H30M');
    expect(json.provisional.en).toContain('known for 2004–2026 only');
  });

  it.each([
    ['?from=2026-02-13T00:00Z', 'to', 'is missing'],
    ['?from=2026-02-13&to=2026-02-14', 'from', 'must be an instant'],
    ['?from=2026-02-13T17:30+08:00&to=2026-02-14T00:00Z', 'from', 'written %2B'],
    ['?from=2026-02-30T00:00Z&to=2026-03-04T00:00Z', 'from', 'that exists'],
    ['?from=1980-02-13T00:00Z&to=1980-02-14T00:00Z', 'from', 'between 1990 and 2100'],
    ['?from=2026-02-14T00:00Z&to=2026-02-13T00:00Z', 'to', 'must come after from'],
    ['?from=2024-02-14T00:00Z&to=2026-02-13T00:00Z', 'to', '366 days at most'],
    ['?form=2026-02-14T00:00Z', 'form', 'did you mean from?'],
  ])('refuse %s, naming %s', async (query, parameter, says) => {
    const { status, json } = await server.ask('GET', `/v1/calendars/china/between${query}`);
    expect([status, json.code, json.parameter]).toEqual([400, 'malformed-request', parameter]);
    expect(json.detail).toContain(says);
  });

  it('are not found where there are none, with the one that may be meant', async () => {
    const { status, json } = await server.ask('GET', '/v1/calendars/chnia');
    expect([status, json.code, json.suggestion]).toEqual([404, 'not-found', 'china']);
    expect(json.detail).toBe('there is no calendar chnia; did you mean china? GET /v1/calendars lists them');
  });
});
