import type { Approval, ApprovalBand } from './approval-types.ts';
import type { Check } from './check.ts';
import { exitStanding, type PlacedGate } from './each-gate.ts';
import { eachStep, type PlacedStep } from './each-step.ts';
import type { Path } from './outline.ts';
import type { ProcessDefinition } from './types.ts';

/** An approval with its step and the places of its bands; the one band of an approval without `of` is the approval itself. */
export interface PlacedApproval {
  readonly placed: PlacedStep;
  readonly approval: Approval;
  readonly path: Path;
  readonly bands: readonly { readonly band: ApprovalBand; readonly path: Path }[];
}

/** The approvals of all steps, in the order written. */
export function eachApproval(definition: ProcessDefinition): readonly PlacedApproval[] {
  return eachStep(definition).flatMap((placed) =>
    placed.step.approvals.map((approval): PlacedApproval => {
      const path = [...placed.path, 'approvals', approval.id];
      const banded = approval.of !== null;
      const bands = approval.bands.map((band, n) => ({ band, path: banded ? [...path, 'bands', n] : path }));
      return { placed, approval, path, bands };
    }),
  );
}

/** Whether an approval is needed must be known when its step is left. */
export function approvalGates({ definition, outline }: Check): readonly PlacedGate[] {
  return eachApproval(definition).flatMap(({ placed, approval, path }): readonly PlacedGate[] => {
    if (approval.when === null) return [];
    const raw = { value: approval.when, path: [...path, 'when'], outline };
    const criterion = { kind: 'condition', text: approval.when } as const;
    const criteria = [{ criterion, raw, conditions: [{ text: approval.when, at: raw }] }];
    return [{ ...exitStanding(placed), wants: 'answer', criteria }];
  });
}
