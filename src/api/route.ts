import type { Exchange } from './exchange.ts';

/** One line of the API: the same method and path stand in `schemas/openapi.yaml`, which a test proves. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As in OpenAPI: `/v1/instances/{id}`. */
  readonly path: string;
  /** True: answers without a key. */
  readonly open: boolean;
  /** True: it goes over many instances, and may take its time. */
  readonly isLong?: true;
  readonly handle: (exchange: Exchange) => Promise<void>;
}
