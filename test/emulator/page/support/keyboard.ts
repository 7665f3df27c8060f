/** Moving about a page with the keyboard alone. */
import type { Page } from 'playwright-core';

/** Presses `key` until the focus is on an element that matches. Throws when it does not come there in 40 presses. */
export async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${selector}`);
}
