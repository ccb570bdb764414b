import type { Logger } from 'pino';
import { type Clock, type Jump, remoteClock, steadyClock } from '../clock.ts';
import type { Store } from '../store/types.ts';

export interface StoreClock {
  readonly clock: Clock;
  /** Looks at the clock that is shared once more; null: there is none. */
  readonly look: (() => Promise<void>) | null;
}

/** The database's clock where servers share a database, so that they agree on what is due; this machine's elsewhere. */
export async function storeClock({ askTime }: Pick<Store, 'askTime'>, log: Pick<Logger, 'warn'>): Promise<StoreClock> {
  const onJump = (jump: Jump) => tellJump(log, jump, askTime !== null);
  if (askTime === null) return { clock: steadyClock({ onJump }), look: null };
  const { wall, look } = await remoteClock(askTime);
  return { clock: steadyClock({ wall, onJump }), look };
}

function tellJump(log: Pick<Logger, 'warn'>, { by, state }: Jump, isShared: boolean): void {
  const [en, zh] = isShared ? ['the clock of the database', '数据库时钟'] : ['the clock of this machine', '系统时钟'];
  const said = {
    noticed: `${en} was set / ${zh}被改动: the server goes by the time that has passed until it has stood for ten minutes`,
    undone: `${en} was put right again / ${zh}已恢复`,
    believed: `${en} has stood for ten minutes and is taken over / ${zh}改动已满十分钟，现予采用`,
  }[state];
  log.warn({ seconds: Math.round(by / 1000) }, said);
}
