/** Every bound of the HTTP layer. All defaults stand in {@link defaultApiLimits}. */
export interface ApiLimits {
  /** Most bytes of a JSON body. */
  readonly jsonBytes: number;
  /** Most bytes of the JSON body of a bulk; none of its events may be longer than `jsonBytes` and deeper than `jsonDepth`. */
  readonly bulkBytes: number;
  /** Most bytes of a YAML body; above what a definition may have, so that the checker can say where it grew too long. */
  readonly yamlBytes: number;
  /** Most bytes read and thrown away, so that a caller still sending can read the `413`; beyond it the socket is closed. */
  readonly drainBytes: number;
  /** Most arrays and objects inside one another in a JSON body. */
  readonly jsonDepth: number;
  /** Most bytes of all request headers together. */
  readonly headerBytes: number;
  /** Milliseconds for the headers to arrive. */
  readonly headersTimeoutMs: number;
  /** Milliseconds for a request to arrive and be answered. */
  readonly requestTimeoutMs: number;
  /** The same for what goes over many instances (`Route.isLong`), once it has arrived. */
  readonly longRequestTimeoutMs: number;
  /** Milliseconds that an idle connection is kept. */
  readonly keepAliveTimeoutMs: number;
  /** Requests per second and actor; a bulk counts as one for every ten of its items. */
  readonly requestsPerSecond: number;
  /** Requests without a valid key per second and network address. */
  readonly strangersPerSecond: number;
  /** Streams of one actor (of whoever's key it is), and of all, at a time. */
  readonly streamsPerActor: number;
  readonly streamsInAll: number;
  /** Bytes that wait for a slow reader of a stream before it is cut off; it comes again with its position. */
  readonly streamBufferBytes: number;
  /** Milliseconds between two signs of life of a stream. */
  readonly heartbeatMs: number;
  /** Items of a page when the caller does not say, and the most that may be asked for. */
  readonly pageDefault: number;
  readonly pageMax: number;
  /** Entries of the history that are handed out as one file. */
  readonly exportMost: number;
}

export const defaultApiLimits: ApiLimits = {
  jsonBytes: 256 * 1024,
  bulkBytes: 4 * 1024 * 1024,
  yamlBytes: 300 * 1024,
  drainBytes: 4 * 1024 * 1024,
  jsonDepth: 32,
  headerBytes: 16 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  longRequestTimeoutMs: 300_000,
  keepAliveTimeoutMs: 10_000,
  requestsPerSecond: 1_000,
  strangersPerSecond: 20,
  streamsPerActor: 10,
  streamsInAll: 500,
  streamBufferBytes: 1024 * 1024,
  heartbeatMs: 15_000,
  pageDefault: 50,
  pageMax: 200,
  exportMost: 100_000,
};
