/** One event of a demonstration deal, and whether it should be taken. */
export interface DemoEvent {
  /** Who sends it, where the key may act for others; null: the holder of the key. */
  readonly as: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** Code of the refusal that it is there to show; null: it must be accepted. */
  readonly refused: string | null;
}

export const event = (type: string, members: Readonly<Record<string, unknown>> = {}): DemoEvent => ({
  as: null,
  body: { type, ...members },
  refused: null,
});

export const complete = (activity: string, fields?: Readonly<Record<string, unknown>>, ...choices: string[]) =>
  event('complete', {
    activity,
    ...(choices.length === 0 ? {} : { choices }),
    ...(fields === undefined ? {} : { with: fields }),
  });

export const advance = (step: string) => event('advance', { step });
export const rework = (to: string, reason: string) => event('rework', { to, reason });
export const close = (outcome: string, reason: string) => event('close', { outcome, reason });
export const set = (fields: Readonly<Record<string, unknown>>) => event('set', { fields });
export const note = (text: string) => event('note', { text });

/** What another system tells, by the deal's business key. */
export const signal = (name: string, data: Readonly<Record<string, unknown>>) =>
  event('signal', { signal: name, data });

/** An event that the process must say no to. */
export const refused = (code: string, { as, body }: DemoEvent): DemoEvent => ({ as, body, refused: code });

/** The same, sent by a person. */
export const by = (as: string, { body, refused }: DemoEvent): DemoEvent => ({ as, body, refused });
