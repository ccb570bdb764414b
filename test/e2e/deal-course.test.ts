import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { produceOver } from '../bench/evidence.ts';
import { ask } from '../bench/server.ts';
import { act, makeKey } from './acting.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';
import { signIn } from './sign-in.ts';

let screen: Console;

/** Read as text, whatever it looks like. */
const HOSTILE = '<img src=x onerror="document.title=1">';

describe.runIf(hasBrowser)('a deal, from its start to its end in the browser', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
    await produceOver((path, body) => ask(screen.server, 'POST', path, body));
  });
  afterAll(() => screen.close());

  it('is won, with a shut gate explained and a discount that another person approves', {
    timeout: 300_000,
  }, async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/board/sales');
    await page.getByRole('button', { name: 'Start one' }).click();
    await page.locator('.history > li').waitFor();
    const deal = new URL(page.url()).pathname;

    await act(page, 'Complete: Gather industry and competitor information', { 'Industry trends': 'Live commerce' });
    await act(page, 'Complete: Screen target customers and draw their profile', {
      'Which of these': ['Data analysis'],
      'Customer segment': 'smb',
      'Number of staff': '120',
      'Yearly budget': '80000',
      'Match with the ideal customer': '85',
      'Contact person': 'Ms Wang',
    });
    await act(page, 'Complete: Plan the first approach', {
      'Channels of approach': ['Phone', 'Mail'],
      'Key messages': `Results in three months\n${HOSTILE}`,
    });
    await act(page, 'Complete: Prepare sales materials', { 'Which of these': ['Brochure'] });
    await act(page, 'Complete: Prepare standard talk track and negotiation script', {
      'Which of these': ['Talk track', 'Negotiation script'],
    });
    await act(page, 'Complete: Record customer and progress in the CRM', { 'CRM number': 'WON-1' });
    await act(page, 'Advance: finish the step “Market analysis and customer identification”');
    await page.getByRole('heading', { name: 'WON-1' }).waitFor();
    expect(await page.locator('.map [aria-current=step]').textContent()).toContain('First contact and needs');

    await act(page, 'Complete: Contact the customer', { 'Which of these': ['Phone'] });
    await act(page, 'Complete: Learn needs, pain points and budget', {
      'Summary of the needs': 'One place for all orders',
      'Pain points': 'Orders are slow',
      'Yearly budget': '80000',
      'First match of needs and offer': '40',
    });
    await act(page, 'Complete: Adapt the strategy and outline a tailored solution', {
      'Outline of the solution': 'Standard edition',
    });

    // The gate is shut: every criterion is told with its clause.
    const shut = page.locator('details.shut', { hasText: 'Advance: finish the step “First contact and needs”' });
    await shut.locator('summary').first().click();
    const reason = shut.locator('.reasons .not-met');
    expect(await reason.textContent()).toMatch(/^✗ Needs must match by 50 % or more.*clause 2\.2\.1\.2$/);
    await act(page, 'Set fields', { 'First match of needs and offer': '80' });
    await act(page, 'Advance: finish the step “First contact and needs”');

    await act(page, 'Complete: Demonstrate core functions and customer value', {
      'Date of the demonstration': '2026-03-05',
      'People who attended': '6',
      'Buyers among them': '2',
    });
    await act(page, 'Complete: Hand over the tailored proposal with design details', {
      'Link to the tailored proposal': 'https://docs.example.com/p.pdf',
    });
    await act(page, 'Complete: Reserve time for questions, collect feedback, clarify', { 'Questions still open': '0' });
    await act(page, 'Advance: finish the step “Demonstration and proposal”');

    await act(page, 'Complete: Quote from market price and customer budget', {
      'Market price': '90000',
      Quote: '76500',
      Discount: '15',
    });
    await act(page, 'Complete: Agree on payment, delivery date and after-sales terms', {
      'Payment terms': '30 % in advance',
      'Agreed delivery date': '2026-12-31',
      'After-sales terms': 'One year',
    });
    await act(page, 'Complete: Sign the formal contract', {
      'Contract number': 'C-1',
      'Date of signature': '2026-11-20',
    });
    await act(page, 'Request approval: Approval of the discount', { Comment: HOSTILE });
    const approval = page.locator('.approvals > li', { hasText: 'Approval of the discount' });
    expect(await approval.locator('.said').textContent()).toBe(HOSTILE);
    expect(await approval.locator('.turns').textContent()).toContain('Sales manager: awaited');
    // Four eyes: who asked cannot approve.
    expect(await approval.getByRole('button', { name: /^Approve/ }).count()).toBe(0);

    const other = await screen.openPage('en');
    await signIn(other, await makeKey(screen, 'wang', 'manager'));
    await other.goto(deal);
    await other.locator('.history > li').first().waitFor();
    await act(other, 'Approve: Approval of the discount', { Comment: 'A customer worth it' });
    expect(await other.locator('.approvals > li').textContent()).toMatch(
      /Sales manager: ✓ approved wang, .*A customer worth it/,
    );

    // Nobody writes on it, so the page follows by itself.
    await approval.getByText('A customer worth it').waitFor();
    await act(page, 'Advance: finish the step “Price negotiation and contract”');
    await page.locator('.outcome', { hasText: 'Won' }).waitFor();

    await act(page, 'Complete: Review the order', {
      'Which of these': ['Specification', 'Quantity', 'Address'],
      'Who wrote the order': 'wang.wei',
      'Who reviewed the order': 'li.na',
    });
    await act(page, 'Complete: Arrange production or purchase and deliver on time', { 'Which of these': ['Purchase'] });
    await act(page, 'Complete: Track delivery and solve transport and installation problems', {
      'Time of delivery': '2026-11-25T10:00',
      'Issues still open': '0',
    });
    await act(page, 'Advance: finish the step “Order and delivery”');
    await act(page, 'Complete: First return visit within one week after delivery', {
      'Date of the first return visit': '2026-11-27',
    });
    await act(page, 'Complete: Ask how satisfied the customer is', {
      'Which of these': ['Questionnaire'],
      'Satisfaction score': '9',
    });
    await act(page, 'Complete: Record opinions and improve product and service', {
      'Opinions of the customer': 'Went live quickly',
    });
    await act(page, 'Advance: finish the step “Return visit and satisfaction”');
    // What the step starts is told a moment later.
    await page.locator('.history > li', { hasText: 'started a child' }).waitFor();
    await act(page, 'Complete: Regular maintenance or upgrade', { 'Next maintenance': '2027-05-04' });
    await act(page, 'Complete: Keep the customer file current', {
      'Customer file brought up to date on': '2026-11-28',
    });
    await act(page, 'Advance: finish the step “Long-term relationship”');
    await page.locator('.status.closed').waitFor();

    const won = Object(await ask(screen.server, 'GET', `/v1${deal.replace('deals', 'instances')}`));
    expect([won.status, won.outcome, won.fields.key_messages[1]]).toEqual(['closed', 'won', HOSTILE]);
    expect(won.records.approvals.discount.turns[0].decision).toMatchObject({ by: 'wang', decision: 'approved' });
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
    const started = page.locator('.children > li', { hasText: 'account-care' });
    await started.getByRole('link').click();
    await page.getByText('Started by another deal').getByRole('link').waitFor();
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
