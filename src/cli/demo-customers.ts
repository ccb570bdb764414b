import type { Customer } from './demo-steps.ts';

const people: readonly (readonly [string, string, Customer['language']])[] = [
  ['杭州启航电子商务有限公司', '陈晓', 'zh'],
  ['Bluebird Outfitters Ltd', 'Alice Morgan', 'en'],
  ['Northwind Retail Group', 'James Carter', 'en'],
  ['苏州云帆科技有限公司', '周敏', 'zh'],
  ['Harbour & Sons', 'Olivia Reed', 'en'],
  ['宁波海润贸易有限公司', '林峰', 'zh'],
  ['Cedar Home Living', 'Noah Bennett', 'en'],
  ['上海衡远商贸有限公司', '吴静', 'zh'],
  ['Pinewood Sports', 'Emma Collins', 'en'],
  ['南京光合家居有限公司', '赵磊', 'zh'],
  ['Silverline Beauty', 'Lucas Gray', 'en'],
  ['Maple Books Online', 'Sophie Turner', 'en'],
  ['温州鼎盛鞋业有限公司', '黄丽', 'zh'],
  ['Quick Parts Direct', 'Henry Walsh', 'en'],
  ['无锡合创数码有限公司', '孙强', 'zh'],
  ['Orchard Fresh Foods', 'Grace Hill', 'en'],
  ['合肥麦田食品有限公司', '马婷', 'zh'],
  ['Lighthouse Optics', 'Daniel Price', 'en'],
  ['厦门听涛茶业有限公司', '许辉', 'zh'],
  ['Summit Cycling', 'Chloe Ward', 'en'],
  ['青岛蓝湾服饰有限公司', '郑雪', 'zh'],
  ['Kestrel Audio', 'Ethan Brooks', 'en'],
  ['绍兴织里纺织有限公司', '何军', 'zh'],
  ['Willow Garden Centre', 'Lily Foster', 'en'],
];

/** Sample customers, the same for the same seed. */
export function demoCustomers(seed: number): readonly Customer[] {
  const next = randomFrom(seed);
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return people.map(([name, contact, language]) => ({
    name,
    contact,
    language,
    staff: between(20, 260),
    budget: between(8, 24) * 5_000,
    match: between(50, 98),
    needMatch: between(60, 95),
    discount: between(0, 9),
    satisfaction: between(7, 10),
  }));
}

/** Numbers from 0 up to 1 in an order that the seed fixes (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
