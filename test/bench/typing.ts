import { openConsole } from '../e2e/console.ts';
import { line, median, millis, percentile } from './figures.ts';

export interface TypingFigures {
  /** Milliseconds from a key to the problems of the text that it made. */
  readonly median: number;
  readonly p95: number;
  /** Tasks of the page longer than 50 ms while it was typed, and the longest (0: none). */
  readonly longTasks: number;
  readonly longest: number;
}

export const typingDefaults = { keys: 20 };

/** What the page notes: when a key went down, and when the problems that are shown became others. */
const watching = `
  globalThis.typing = { key: 0, shown: 0, tasks: [] };
  new PerformanceObserver((list) => typing.tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' });
  addEventListener('keydown', () => { typing.key = performance.now(); typing.shown = 0; }, { capture: true });
  new MutationObserver(() => { typing.shown ||= performance.now(); })
    .observe(document.querySelector('.problem-list'), { childList: true, subtree: true, characterData: true });`;

/** Milliseconds from the last key to the problems. */
const shown = `new Promise((done) => {
  const look = () => (typing.shown > 0 ? done(typing.shown - typing.key) : setTimeout(look, 5));
  look();
})`;

/** Types into the sales process (450 lines) in a browser: a letter that makes an error, and takes it back, in turns. */
export async function benchTyping({ keys }: typeof typingDefaults): Promise<TypingFigures> {
  const screen = await openConsole();
  try {
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/sales/edit');
    await page.getByText('✓ none').waitFor();
    await page.locator('.live .places button').nth(4).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('owner: rep\n');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    // The first keys compile what later ones run.
    const took: number[] = [];
    for (let key = -6; key < keys; key++) {
      if (key === 0 || key === -6) await page.evaluate(key === 0 ? 'typing.tasks.length = 0' : watching);
      await page.keyboard.press(key % 2 === 0 ? 'x' : 'Backspace');
      const ms = Number(await page.evaluate(shown));
      if (key >= 0) took.push(ms);
      // A person's pause, in which the picture is drawn too.
      await page.waitForTimeout(400);
    }
    const tasks = [await page.evaluate('typing.tasks')].flat().map(Number);
    return {
      median: median(took),
      p95: percentile(took, 95),
      longTasks: tasks.length,
      longest: Math.max(0, ...tasks),
    };
  } finally {
    await screen.close();
  }
}

export function printTyping(figures: TypingFigures): void {
  console.log(line('', 'median', 'p95', 'tasks > 50 ms', 'longest'));
  const { longTasks, longest } = figures;
  console.log(
    line('from a key to its problems', millis(figures.median), millis(figures.p95), `${longTasks}`, millis(longest)),
  );
}
