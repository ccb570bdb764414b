import { readFileSync } from 'node:fs';

/** One edit of the sales process: what a review changes. */
export interface Edit {
  readonly name: string;
  /** What becomes of open instances: all go over, or some ask or are blocked. */
  readonly some: 'all' | 'ask' | 'blocked';
  readonly apply: (yaml: string) => string;
}

export const salesYaml = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

/** Replaces what must be there. */
function put(from: string | RegExp, to: string): (yaml: string) => string {
  return (yaml) => {
    const next = yaml.replaceAll(from, to);
    if (next === yaml) throw new Error(`${from} is not in the file`);
    return next;
  };
}

const both =
  (...edits: readonly ((yaml: string) => string)[]) =>
  (yaml: string): string =>
    edits.reduce((text, edit) => edit(text), yaml);

/** From a line that begins so to the next that is no deeper. */
function cut(key: string): (yaml: string) => string {
  return (yaml) => {
    const lines = yaml.split('\n');
    const at = lines.findIndex((line) => line.trimStart().startsWith(`${key}:`));
    const depth = (line: string) => line.length - line.trimStart().length;
    const begin = lines[at];
    if (begin === undefined) throw new Error(`${key} is not in the file`);
    let end = at + 1;
    while (end < lines.length && (lines[end]?.trim() === '' || depth(lines[end] ?? '') > depth(begin))) end += 1;
    return [...lines.slice(0, at), ...lines.slice(end)].join('\n');
  };
}

const retired = (id: string, to: string) => put('\nphases:\n', `\nretired: { ${id}: { move_to: ${to} } }\nphases:\n`);
const text = (en: string) => `{ zh: ${en}, en: ${en} }`;

export const edits: readonly Edit[] = [
  { name: 'another title', some: 'all', apply: put('en: Price negotiation and contract', 'en: Price and contract') },
  {
    name: 'a step renamed',
    some: 'all',
    apply: both(put('\n      negotiation:\n', '\n      closing:\n        was: negotiation\n')),
  },
  {
    name: 'an activity renamed',
    some: 'all',
    apply: put('\n          quote:\n', '\n          offer:\n            was: quote\n'),
  },
  {
    name: 'a field renamed everywhere',
    some: 'all',
    apply: both(
      put(/\bdiscount\b(?=( >|\]|,| quote|:\s+\{ type))/g, 'rebate'),
      put('of: discount\n', 'of: rebate\n'),
      put('rebate:     { type: percent,', 'rebate:     { type: percent, was: discount,'),
    ),
  },
  {
    name: 'a role renamed everywhere',
    some: 'all',
    apply: both(put(/\brep\b/g, 'seller'), put('en: Sales representative }', 'en: Sales representative }, was: rep')),
  },
  { name: 'a phase renamed', some: 'all', apply: put('\n  follow-up:\n', '\n  selling:\n    was: follow-up\n') },
  {
    name: 'an outcome renamed',
    some: 'all',
    apply: both(put('milestone: won', 'milestone: sold'), put('\n  won:\n', '\n  sold:\n    was: won\n')),
  },
  {
    name: 'a step taken out of a parallel phase, its instances sent on',
    some: 'all',
    apply: both(
      put(', sales-tools, first-contact]', ', first-contact]'),
      cut('sales-tools'),
      put('supplies: [channels, key_messages]', 'supplies: [channels, key_messages, crm_id]'),
      retired('sales-tools', 'market-analysis'),
    ),
  },
  {
    name: 'a step taken out, nobody says where to',
    some: 'ask',
    apply: both(
      cut('demo'),
      put('to: [first-contact, demo]', 'to: [first-contact]'),
      put(/ {2}(demo_date|attendees|buyers|proposal|open_questions): .*\n/g, ''),
    ),
  },
  {
    name: 'a step more in the sequence',
    some: 'all',
    apply: put(
      '\n      negotiation:\n',
      `\n      pause:\n        title: ${text('Pause')}\n        source: "2.2"\n        owner: rep\n      negotiation:\n`,
    ),
  },
  {
    name: 'a step split',
    some: 'all',
    apply: both(
      put('        milestone: won                    #', '        #'),
      put(
        '\n  wrap-up:\n',
        `      signing:\n        title: ${text('Signing')}\n        source: "2.2.3.3"\n        owner: rep\n        milestone: won\n\n  wrap-up:\n`,
      ),
    ),
  },
  {
    name: 'steps one after the other that were side by side',
    some: 'ask',
    apply: put('    order: parallel', '    order: sequence'),
  },
  {
    name: 'steps in any order that were one after the other',
    some: 'all',
    apply: both(
      put('    source: "2.3"\n', '    source: "2.3"\n    order: any\n'),
      put('        rework: { to: [delivery], limit: 5 }\n', ''),
    ),
  },
  { name: 'a gate made stricter', some: 'all', apply: put('need_match >= 50', 'need_match >= 70') },
  {
    name: 'other bands of an approval',
    some: 'all',
    apply: put('{ up_to: 20, by: manager }', '{ up_to: 15, by: manager }'),
  },
  { name: 'an approval in other cases', some: 'all', apply: put('when: discount > 10', 'when: discount > 5') },
  {
    name: 'an SLA made shorter, reckoned anew',
    some: 'all',
    apply: put('within: 30 days, pause', 'within: 5 days, on_change: recalculate, pause'),
  },
  {
    name: 'an SLA begun anew',
    some: 'all',
    apply: put('within: 30 days, pause', 'within: 20 days, on_change: restart, pause'),
  },
  {
    name: 'an SLA less',
    some: 'all',
    apply: put('            sla: { within: 1 week, from: delivered_at, source: "2.3.2.1" }\n', ''),
  },
  {
    name: 'an activity more',
    some: 'all',
    apply: put(
      '\n          terms:\n',
      `\n          check:\n            title: ${text('Check')}\n            source: "2.2.3"\n          terms:\n`,
    ),
  },
  { name: 'other limits of a class', some: 'all', apply: put('icp_match >= 50, then: B', 'icp_match >= 30, then: B') },
  {
    name: 'a field of another type',
    some: 'blocked',
    apply: put('proposal:     { type: text,', 'proposal:     { type: integer,'),
  },
  {
    name: 'two steps made one',
    some: 'all',
    apply: both(
      put('\n      demo:\n', '\n      demo:\n        was: first-contact\n'),
      cut('first-contact'),
      put(', sales-tools, first-contact]', ', sales-tools]'),
      put('to: [first-contact, demo]', 'to: [demo]'),
      put('        rework: { to: [first-contact], limit: 5 }\n', ''),
    ),
  },
  {
    name: 'a personal field renamed',
    some: 'all',
    apply: both(
      put(
        '  contact:      { type: text, personal: true,',
        '  person:      { type: text, was: contact, personal: true,',
      ),
      put('contact_role, contact,', 'contact_role, person,'),
      put('may_supply: [contact, ', 'may_supply: [person, '),
      put('contact: contact', 'contact: person'),
    ),
  },
];
