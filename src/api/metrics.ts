import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Service } from '../service/types.ts';

/** What the HTTP layer counts; `text()` is the Prometheus exposition. */
export interface Metrics {
  /** One answered request. `route` is the template (`/v1/instances/{id}`), never a path with ids. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** One command (`complete`, …) that was accepted (`accepted`) or refused (its error code). */
  command(type: string, code: string): void;
  readonly contentType: string;
  text(): Promise<string>;
}

/** What waits is asked for when the metrics are read; `registry` may hold metrics of others. */
export function createMetrics(
  { queued, backlog, commandTypes }: Pick<Service, 'queued' | 'backlog' | 'commandTypes'>,
  clock: Clock,
  registry: Registry = new Registry(),
): Metrics {
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'phasegate_http_request_duration_seconds',
    help: 'Time from the first byte of a request handled to its answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const commands = new Counter({
    name: 'phasegate_commands_total',
    help: 'Commands by type and by what became of them: accepted, or the code of the refusal',
    labelNames: ['type', 'code'],
    registers: [registry],
  });
  new Gauge({
    name: 'phasegate_commands_queued',
    help: 'Commands that wait for a decision now',
    registers: [registry],
    collect() {
      this.set(queued());
    },
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const uncounted = 'of all tenants; 10,000 means as many or more';
  const timersOverdue = gauge('phasegate_timers_overdue', `Timers that are due and not fired, ${uncounted}`);
  const timersLate = gauge('phasegate_timers_late_seconds', 'How long the first of these has been due; 0: none is');
  const messagesWaiting = gauge('phasegate_messages_waiting', `Messages not delivered yet, ${uncounted}`);
  const messagesDead = gauge('phasegate_messages_dead', `Messages that were given up, ${uncounted}`);
  const incidents = gauge('phasegate_incidents_open', `Steps in which something failed for good, ${uncounted}`);
  // Finding a label set costs more than counting, so each is looked up once and kept.
  const durationOf = new Map<string, Histogram.Internal<'route' | 'method' | 'status'>>();
  const commandOf = new Map<string, Counter.Internal>();
  return {
    request(route, method, status, seconds) {
      const key = `${method} ${status} ${route}`;
      let child = durationOf.get(key);
      if (child === undefined) {
        child = durations.labels({ route, method, status: String(status) });
        durationOf.set(key, child);
      }
      child.observe(seconds);
    },
    command(type, code) {
      const known = commandTypes.has(type) ? type : 'unknown';
      const key = `${known} ${code}`;
      let child = commandOf.get(key);
      if (child === undefined) {
        child = commands.labels({ type: known, code });
        commandOf.set(key, child);
      }
      child.inc();
    },
    contentType: registry.contentType,
    async text() {
      const waiting = await backlog();
      const { timersOverdueSince: since } = waiting;
      timersOverdue.set(waiting.timersOverdue);
      timersLate.set(since === null ? 0 : Math.max(0, Date.parse(clock.now()) - Date.parse(since)) / 1_000);
      messagesWaiting.set(waiting.messagesWaiting);
      messagesDead.set(waiting.messagesDead);
      incidents.set(waiting.incidents);
      return registry.metrics();
    },
  };
}
