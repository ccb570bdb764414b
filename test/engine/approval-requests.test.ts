import { describe, expect, it } from 'vitest';
import { decide, explain, start } from '../../src/engine/index.ts';
import type { Actor, Instance } from '../../src/engine/types.ts';
import { dealProcess, people, play } from './deal.ts';
import { accepted, command, environment, failing, NOW, run } from './process.ts';

describe('a request', () => {
  it('keeps who asked, who decided for whom, with what words, and what it covers', () => {
    const { instance, entries } = play(
      'when: discount > 10, of: discount, bands: [{ up_to: 20, by: [manager, legal], mode: all }, { by: director }], voids_on: [terms]',
      'anna request-approval comment=please → ; wang approve comment=fine → ; lea reject comment=no → ',
      { top: 'substitutes: [{ for: mei, by: wang, from: 2026-02-01, until: 2026-02-20 }]' },
    );
    const told = { at: NOW, recordedAt: NOW };
    const turn = { actor: null, added: false, from: null };
    expect(instance.approvals.price).toEqual({
      status: 'rejected',
      round: 1,
      requestedBy: 'anna',
      requestedAt: NOW,
      comment: 'please',
      seq: 3,
      band: 1,
      turns: [
        {
          ...turn,
          role: 'manager',
          decision: { decision: 'approved', by: 'wang', for: 'mei', comment: 'fine', ...told },
        },
        { ...turn, role: 'legal', decision: { decision: 'rejected', by: 'lea', for: null, comment: 'no', ...told } },
      ],
      covers: { terms: null, discount: 15 },
      ended: null,
    });
    expect(entries.map(({ type, changes }) => `${type} ${changes?.approvals?.price?.status}`)).toEqual([
      'request-approval requested',
      'approve requested',
      'reject rejected',
    ]);
    expect(entries.at(-1)?.changes).toEqual({ approvals: { price: instance.approvals.price } });
  });

  it('that a change voids says in that entry what changed and who changed it', () => {
    const { entries, instance } = play('by: manager, when: discount > 10', 'asked; anna set discount=18 → void');
    expect(entries.at(-1)).toMatchObject({
      type: 'set',
      changes: {
        fields: { discount: { from: 15, to: 18 } },
        approvals: { price: { status: 'void', ended: { why: 'changed', fields: ['discount'], by: 'anna', at: NOW } } },
      },
    });
    expect(instance.approvals.price?.covers).toEqual({ discount: 15 });
  });

  it('takes at most twenty approvers', () => {
    const adding = Array.from({ length: 19 }, (_, n) => `mei add-approver actor=p${n} → requested`);
    const moves = ['asked', ...adding, 'mei add-approver actor=more → not-allowed-now'].join('; ');
    expect(play('by: manager', moves).found).toBe(moves);
  });
});

describe('an advance', () => {
  it('that lacks nothing but an approval is refused, and requests it in an entry of its own', () => {
    const definition = dealProcess('by: [manager, { actor: lea }], when: discount > 10');
    const it = run(definition, { discount: 15 });
    it.do('advance', {}, people.anna);
    const refusal = it.refuse('advance', {}, people.anna);
    expect(refusal).toMatchObject({ code: 'approval-requested', problems: [] });
    expect(failing(refusal)).toEqual(['price']);
    expect(refusal.missing).toEqual([
      {
        kind: 'approval',
        id: 'price',
        title: { zh: '价格审批', en: 'Approval of the price' },
        activities: [],
        roles: ['manager'],
        actors: ['lea'],
      },
    ]);
    expect(refusal.entries).toMatchObject([
      { seq: 3, type: 'advance', accepted: false, revision: 2, changes: null, refusal: { code: 'approval-requested' } },
      {
        seq: 4,
        type: 'request-approval',
        accepted: true,
        revision: 3,
        actor: 'anna',
        command: { approval: 'price', because: 3 },
        changes: { approvals: { price: { status: 'requested', requestedBy: 'anna' } } },
      },
    ]);
    expect(refusal.instance).toMatchObject({ seq: 4, revision: 3, position: [{ step: 'quote' }] });
  });

  it('that lacks more asks for nothing', () => {
    const definition = dealProcess('by: manager', { step: 'exit: { agreed: known(terms) }' });
    const it = run(definition, { discount: 15 });
    it.do('advance', {}, people.anna);
    const refusal = it.refuse('advance', {}, people.anna);
    expect([refusal.code, refusal.entries.length, refusal.instance?.approvals]).toEqual(['gate-shut', 1, {}]);
    expect(failing(refusal)).toEqual(['agreed', 'price']);
  });

  it('shut by a pending request says who could decide', () => {
    const { process, instance } = play('by: [manager, director], order: sequence', 'asked; mei approve → requested');
    const action = explain({
      process,
      instance,
      actor: people.anna,
      at: NOW,
      now: NOW,
    }).find(({ type }) => type === 'advance');
    expect(action?.reasons?.of?.find(({ id }) => id === 'price')).toMatchObject({
      kind: 'approval',
      verdict: 'not-met',
      gate: { on: 'step', which: 'exit', of: 'quote' },
      say: { en: '“Approval of the price” (price), requested by anna, waits for director' },
      approval: {
        status: 'requested',
        band: 1,
        decided: [{ by: 'mei' }],
        waitsFor: { roles: ['director'], actors: [] },
      },
    });
    expect(action?.missing).toMatchObject([{ kind: 'approval', id: 'price', roles: ['director'], actors: [] }]);
  });

  it('by itself requests the approval that alone is missing, for whoever made it so, and not again once it is void', () => {
    const definition = dealProcess('by: manager, when: discount > 10', { step: 'advance: auto' });
    const { instance } = accepted(start(definition, 1, command('start', {}, people.anna), environment()));
    const steps: Instance[] = [instance];
    const send = (type: string, input: Record<string, unknown>, actor: Actor | undefined) => {
      const answer = accepted(decide(definition, steps.at(-1) ?? instance, command(type, input, actor), environment()));
      steps.push(answer.instance);
      return answer.entries.map((entry) => `${entry.type} by ${entry.actor}`);
    };
    expect(send('advance', {}, people.anna)).toEqual(['advance by anna']);
    expect(send('set', { fields: { discount: 15 } }, people.boss)).toEqual([
      'set by boss',
      'request-approval by phasegate',
    ]);
    expect(steps.at(-1)?.approvals.price?.requestedBy).toBe('boss');
    expect(send('set', { fields: { discount: 25 } }, people.anna)).toEqual(['set by anna']);
    expect(send('request-approval', { approval: 'price' }, people.anna)).toEqual(['request-approval by anna']);
    expect(send('approve', { approval: 'price' }, people.mei)).toEqual(['approve by mei', 'advance by phasegate']);
    expect(steps.at(-1)?.position).toEqual([{ phase: 'sell', step: 'deliver' }]);
  });
});

describe('the actions of an instance', () => {
  it('offer an approver what may be done, and tell who else may', () => {
    const { process, instance } = play('by: [manager, { actor: lea }], mode: all', 'asked');
    const actions = explain({ process, instance, actor: people.mei, at: NOW, now: NOW });
    expect(
      actions
        .filter(({ approval }) => approval !== undefined)
        .map(({ type, from, allowed, roles, actors }) => [type, from, allowed, roles, actors]),
    ).toEqual([
      ['request-approval', undefined, false, ['rep'], undefined],
      ['approve', undefined, true, ['manager'], ['lea']],
      ['reject', undefined, true, ['manager'], ['lea']],
      ['reassign', 'manager', true, ['manager'], []],
      ['reassign', 'lea', false, [], ['lea']],
      ['add-approver', undefined, true, ['manager'], ['lea']],
      ['withdraw', undefined, false, ['rep'], undefined],
    ]);
  });
});
