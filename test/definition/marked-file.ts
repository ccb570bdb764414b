import { readProcess } from '../../src/definition/index.ts';

/** A small process without any problem; the tests make one mistake at a time in it. */
export const soundFile = `process: purchase
title: { zh: 采购, en: Purchase }
source: 采购制度
subject: request
key: request_no
calendar: china
roles:
  buyer:   { title: { zh: 采购员, en: Buyer } }
  manager: { title: { zh: 经理, en: Manager } }
  finance: { title: { zh: 财务, en: Finance }, held_by: [fang, fu] }
  chief:   { title: { zh: 总经理, en: Chief }, holders: 2 }
substitutes:
  - { for: fang, by: fu, from: 2026-02-01, until: 2026-02-20 }
managers: { anna: mei }

fields:
  request_no: { type: text, max_length: 40 }
  amount:     { type: money, currency: CNY, min: 0 }
  class:      { type: choice, of: [A, B, urgent] }
  tags:       { type: list, of: [red, blue] }
  approver:   { type: text, personal: true }
  offers:     { type: integer, min: 0, max: 9 }
  ordered_at: { type: datetime }
  due_on:     { type: date }

tables:
  request_class:
    sets: class
    rules:
      - { when: amount >= 50000, then: urgent }
      - { then: B }

outcomes:
  bought:   { title: { zh: 已采购, en: Bought } }
  rejected: { title: { zh: 已驳回, en: Rejected }, from: [decide, compare], reasons: [price, other] }

phases:
  decide:
    title: { zh: 决定, en: Decide }
    source: "1"
    steps:
      ask:
        title: { zh: 申请, en: Ask }
        source: "1.1"
        owner: buyer
        sla: { within: 2 working days, warn: [80%, 1 day] }
        activities:
          describe: { title: { zh: 填写, en: Describe }, source: "1.1.1", supplies: [amount, due_on], may_supply: [tags] }
          approve:  { title: { zh: 批准, en: Approve }, source: "1.1.2", by: [manager], optional: true, supplies: [approver] }
        exit:
          approved:
            any: [amount < 50000, known(approver), { not: "class == 'urgent'" }]
            say: { zh: 须经批准, en: Must be approved }
      compare:
        title: { zh: 比价, en: Compare }
        source: "1.2"
        activities:
          collect: { title: { zh: 收集, en: Collect }, source: "1.2.1", by: buyer, any: [mail, phone], supplies: [offers] }
        exit:
          three: { when: offers >= 3, say: { zh: 至少三份, en: At least three } }
  buy:
    title: { zh: 采购, en: Buy }
    source: "2"
    order: parallel
    entry:
      compared: known(offers)
    steps:
      order:
        title: { zh: 下单, en: Order }
        source: "2.1"
        rework: { to: [compare], limit: 2 }
        activities:
          place: { title: { zh: 下单, en: Place }, source: "2.1.1", at_least: { n: 1, of: [mail, phone] }, supplies: [ordered_at] }
        approvals:
          spend:
            title: { zh: 用款审批, en: Approval of the spending }
            when: amount > 1000
            of: amount
            bands:
              - { up_to: 20000, by: finance }
              - { up_to: 50000, by: [finance, chief], mode: all }
              - { by: [finance, chief, { actor: mei }], mode: { at_least: 2 }, order: sequence }
            exclude: [requester, earlier-approvers]
            voids_on: [offers, ordered_at]
          signature: { title: { zh: 签字, en: Signature }, by: { manager_of: owner }, exclude: requester }
        exit:
          complete: { at_least: 1, of: [known(ordered_at), '"red" in tags'] }
        milestone: bought
      receive:
        title: { zh: 收货, en: Receive }
        source: "2.2"
        activities:
          check: { title: { zh: 验收, en: Check }, source: "2.2.1", any: [quantity, quality], sla: { due: due_on, from: ordered_at }, every: 6 months }
`;

export type Found = readonly [code: string, line: number, column: number, length: number];

/** The sound file with the first occurrence of `from` replaced. */
export const edit = (from: string, to: string): string => edits([from, to]);

/** The sound file with several changes made one after the other. */
export function edits(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the file has no ${from}`);
    return text.replace(from, () => to);
  }, soundFile);
}

/** Takes the marks out of a text and says where they stood: `«word»`, one after the other. */
export function unmark(marked: string): {
  readonly text: string;
  readonly places: readonly (readonly [number, number, number])[];
} {
  const places: (readonly [number, number, number])[] = [];
  const lines = marked.split('\n').map((line, n) => {
    let rest = line;
    for (let at = rest.indexOf('«'); at >= 0; at = rest.indexOf('«')) {
      const end = rest.indexOf('»');
      places.push([n + 1, at + 1, end - at - 1]);
      rest = rest.slice(0, at) + rest.slice(at + 1, end) + rest.slice(end + 1);
    }
    return rest;
  });
  return { text: lines.join('\n'), places };
}

export function problemsOf(text: string): readonly Found[] {
  return readProcess(text, 'purchase.yaml', { calendars: new Set(['china', 'germany']) }).problems.map(
    ({ code, line, column, length }) => [code, line, column, length],
  );
}
