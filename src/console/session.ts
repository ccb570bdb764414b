import { signal } from '@preact/signals';
import type { Session } from './api.ts';
import { ask, get, Refused, whenStranger } from './client.ts';

/** Who is signed in; null: nobody; undefined: that is not known yet. */
export const session = signal<Session | null | undefined>(undefined);

whenStranger(() => {
  session.value = null;
});

export async function findSession(): Promise<void> {
  try {
    session.value = await get<Session>('/v1/session');
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    session.value = null;
  }
}

/** Throws `Refused` for a key, token or ticket that nobody knows. */
export async function signIn(by: { readonly key: string } | { readonly ticket: string }): Promise<void> {
  session.value = await ask<Session>('POST', '/v1/session', { body: by });
}

export async function signOut(): Promise<void> {
  await ask('DELETE', '/v1/session');
  session.value = null;
}
