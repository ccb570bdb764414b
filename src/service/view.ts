import type { Instance } from '../engine/types.ts';
import type { InstanceRow, StoredInstance } from '../store/types.ts';
import type { Loaded } from './document.ts';
import type { InstanceView } from './types.ts';

/** An instance as callers see it. */
export function instanceView({ marking: _, ...instance }: Instance): InstanceView {
  return { ...instance, quarantine: null };
}

export function loadedView(loaded: Loaded): InstanceView {
  return loaded.ok ? instanceView(loaded.instance) : quarantinedView(loaded.row, loaded.quarantine.en);
}

/** What can be said of an instance whose document cannot be trusted: its row. */
export function quarantinedView(row: InstanceRow | StoredInstance, why: string): InstanceView {
  return {
    id: row.id,
    process: row.process,
    version: row.version,
    digest: row.digest,
    key: row.key,
    status: 'quarantined',
    quarantine: why,
    outcome: row.outcome,
    reason: null,
    revision: row.revision,
    seq: row.seq,
    position: [],
    steps: {},
    activities: {},
    fields: {},
    startedAt: row.startedAt,
    startedBy: '',
    updatedAt: row.updatedAt,
    closedAt: null,
  };
}
