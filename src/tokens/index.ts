/**
 * Tokens of an identity provider (JWT, RFC 7519), behind jose.
 *
 * In: a token, the provider's public keys (a file's text or an address), what to expect of its claims, a clock.
 * Out: the actor that it names; or a refusal that says what is wrong with it, or that the keys cannot be had.
 * Never: takes a token that is unsigned or signed with a shared secret, reads the clock or the environment itself.
 */
export { type Algorithm, algorithms } from './algorithms.ts';
export { fixedKeys, type KeySource } from './key-set.ts';
export { remoteKeys } from './remote-keys.ts';
export { createTokens, isToken, type TokenOptions, type Tokens } from './verify.ts';
