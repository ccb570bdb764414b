/**
 * HTTP in, HTTP out: Express 5 over one `Service`.
 *
 * In: requests with a key, as a bearer or in a session cookie. Each is admitted (key, origin, rate), read once within its
 * bounds, handed to one use case.
 * Out: JSON (or YAML, a drawing, the reference page), or an RFC 9457 problem in the caller's language; one line of log
 * and one observation per request. What the API promises stands in `schemas/openapi.yaml`; tests hold both together.
 * Never: decides anything about a process, touches a database, reads the environment, or shows an inner error.
 */
export { type Api, type ApiOptions, createApi } from './app.ts';
export type { ConsoleFiles } from './console.ts';
export { type ApiLimits, defaultApiLimits } from './limits.ts';
export { type Listening, listen } from './listen.ts';
