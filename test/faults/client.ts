import { ADMIN_KEY, type Server } from '../bench/server.ts';

/** What is sent under one key however often, so that it is carried out once. */
export interface Keyed {
  readonly key: string;
  readonly path: string;
  readonly body: object;
}

/** The id of the instance that the answer is about; null: the server is gone. Throws what a client should never see. */
export async function send({ url }: Pick<Server, 'url'>, { key, path, body }: Keyed): Promise<string | null> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    text = await response.text();
  } catch {
    return null;
  }
  if (!response.ok) throw new Error(`${key} was answered ${response.status} ${text}`);
  return Object(JSON.parse(text)).instance.id;
}

/** Publishes a process for the run. */
export async function publish({ url }: Pick<Server, 'url'>, yaml: string): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/yaml' };
  const response = await fetch(`${url}/v1/processes`, { method: 'POST', headers, body: yaml });
  if (response.status !== 201) throw new Error(await response.text());
}
