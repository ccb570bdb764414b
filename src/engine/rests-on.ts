import { isUnneeded } from './activity-need.ts';
import type { Context } from './context.ts';
import type { EvidenceState } from './evidence-types.ts';
import { evidenceReason } from './shared-reason.ts';

/** An activity of an open step, and the evidence that it rests on. */
export interface Resting extends EvidenceState {
  readonly activity: string;
  readonly step: string;
}

/** What the activities of the open steps rest on; those that are not needed are left out. */
export function restsOn(context: Context): readonly Resting[] {
  const { process, instance } = context;
  return process.resting.flatMap(({ activity, step }) => {
    const open = instance.position.some((place) => place.step === step.id);
    if (!open || activity.shared === null || isUnneeded(process, instance, activity.id)) return [];
    const { evidence } = evidenceReason(context, activity.shared);
    return evidence === undefined ? [] : [{ activity: activity.id, step: step.id, ...evidence }];
  });
}
