import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's (package `chromium`); elsewhere the variable says where it is. */
const PROGRAM = process.env.PHASEGATE_CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to try the console with. */
export const hasBrowser = existsSync(PROGRAM);
if (!hasBrowser)
  console.warn(`SKIPPED: the console in a browser; there is no ${PROGRAM} (Debian: apt-get install chromium)`);

export function openBrowser(): Promise<Browser> {
  // Root has no sandbox of its own, and tests open nothing but our own pages.
  return chromium.launch({ executablePath: PROGRAM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
