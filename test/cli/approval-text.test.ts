import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { approvalLines } from '../../src/cli/approval-text.ts';
import { play } from '../engine/deal.ts';

const paint = picocolors.createColors(false);

test.each([
  [
    'asked; mei approve comment=fine → requested; dora reassign to=lea → requested',
    'en',
    [
      '  … price  Approval of the price: requested',
      '      ✓ manager  fine',
      '      ▸ lea (← director)  may decide now',
    ],
  ],
  [
    'asked; anna set discount=20 → void',
    'zh',
    ['  ✗ price  价格审批: 已失效', '      ○ manager', '      ○ director', '      anna 修改了 discount'],
  ],
] as const)('an approval is shown with its turns: %s', (moves, language, expected) => {
  const { process, instance } = play('when: discount > 10, by: [manager, director], mode: all', moves);
  const lines = approvalLines(instance.approvals, process.definition, { language, paint });
  expect(lines.map((line, n) => line.slice(0, expected[n]?.length))).toEqual(expected);
});
