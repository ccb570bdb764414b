/** An API key, without its secret. */
export interface KeyView {
  readonly id: string;
  /** The actor that it speaks for. */
  readonly actor: string;
  readonly roles: readonly string[];
  readonly team: string | null;
  readonly actsForOthers: boolean;
  /** What it was made for; null: nobody said. */
  readonly name: string | null;
  readonly state: 'active' | 'ended' | 'revoked';
  readonly createdAt: string;
  /** It works until then; null: until it is revoked. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

/** `secret` null: it was shown before, when the key was made with the same idempotency key. */
export interface KeyMade extends KeyView {
  readonly secret: string | null;
}
