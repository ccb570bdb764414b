import type { Problem } from './api.ts';
import { language } from './language.ts';

/** What the server said no with (RFC 9457), or that it did not answer. */
export class Refused extends Error {
  readonly problem: Problem | null;

  constructor(problem: Problem | null) {
    super(problem?.detail ?? 'no answer');
    this.problem = problem;
  }
}

export interface Sent {
  readonly body?: object;
  /** In place of a body: a process file. */
  readonly yaml?: string;
  /** Revision that the reader saw: where it has changed since, the server says so (412). */
  readonly ifMatch?: number;
  /** Of one click: however often it is sent, it is carried out once. */
  readonly key?: string;
}

/** Whoever waits to hear that nobody is signed in any more. */
let onStranger = () => {};

export function whenStranger(listener: () => void): void {
  onStranger = listener;
}

/** Asks the API. Throws {@link Refused}. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, sent: Sent = {}): Promise<T> {
  const text = await answerOf(method, path, sent, 'application/json');
  // The contract is proved by the server's own tests.
  return (text === '' ? null : JSON.parse(text)) as T;
}

export function get<T>(path: string): Promise<T> {
  return ask<T>('GET', path);
}

/** The text of something that is no JSON: a file, a drawing. Throws {@link Refused}. */
export function read(path: string, type: string): Promise<string> {
  return answerOf('GET', path, {}, type);
}

/** Asks for what is told line by line, each a JSON object, until its end or until it is given up. Throws {@link Refused}. */
export async function askInLines<T>(path: string, sent: Sent, told: (line: T) => void, signal: AbortSignal) {
  try {
    const { body } = await responseTo('POST', path, sent, 'application/jsonl', signal);
    if (body === null) throw new Refused(null);
    let rest = '';
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value = '' } = await reader.read();
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) told(JSON.parse(line) as T);
      if (done) return;
    }
  } catch (error) {
    if (signal.aborted) return;
    // The connection broke off in the middle.
    throw error instanceof Refused ? error : new Refused(null);
  }
}

async function answerOf(method: string, path: string, sent: Sent, accept: string): Promise<string> {
  return (await responseTo(method, path, sent, accept)).text();
}

async function responseTo(
  method: string,
  path: string,
  { body, yaml, ifMatch, key }: Sent,
  accept: string,
  signal: AbortSignal | null = null,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: {
        Accept: accept,
        'Accept-Language': language.value,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(yaml !== undefined && { 'Content-Type': 'application/yaml' }),
        ...(ifMatch !== undefined && { 'If-Match': `"${ifMatch}"` }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(yaml !== undefined && { body: yaml }),
    });
  } catch {
    throw new Refused(null);
  }
  if (response.ok) return response;
  if (response.status === 401) onStranger();
  throw new Refused(problemIn(await response.text()));
}

/** Null: something between here and the server has answered. */
function problemIn(text: string): Problem | null {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return null;
  }
}
