import { expect, type Locator } from '@playwright/test';

/** One runnable block: its code, its buttons and what it printed. */
export class Example {
  readonly block: Locator;
  readonly editor: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly status: Locator;
  readonly output: Locator;
  readonly printed: Locator;

  constructor(block: Locator) {
    this.block = block;
    this.editor = block.getByRole('textbox');
    this.run = block.getByRole('button', { name: 'Run', exact: true });
    this.stop = block.getByRole('button', { name: 'Stop', exact: true });
    this.status = block.getByRole('status').first();
    this.output = block.getByRole('log', { name: 'Output' });
    this.printed = this.output.locator('.output-text');
  }

  /** Brings the live editor up, as scrolling to it does. */
  async live(): Promise<void> {
    await this.block.scrollIntoViewIfNeeded();
    await this.block.locator('.run-code').hover();
    await expect(this.editor).toBeAttached();
  }

  /** Replaces the whole program from the clipboard. */
  async paste(code: string): Promise<void> {
    await this.live();
    const page = this.block.page();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate((text) => navigator.clipboard.writeText(text), code);
    await this.editor.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('ControlOrMeta+V');
    // Monaco draws a tab as spaces.
    await expect.poll(() => this.code()).toBe(code.replaceAll('\t', '    ').trimEnd());
  }

  /** The program as it stands on the screen. */
  async code(): Promise<string> {
    const lines = this.block.locator('.view-line');
    const placed = await lines.evaluateAll((found) =>
      found.map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? '' })),
    );
    // Monaco keeps its lines in the order it drew them, with spaces that do not break.
    const ordered = placed.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' '));
    return ordered.join('\n').trimEnd();
  }

  async runPasted(code: string): Promise<void> {
    await this.paste(code);
    await this.run.click();
  }

  /** Exactly this stands in the output, every space of it. */
  async expectPrinted(text: string): Promise<void> {
    await expect.poll(() => this.printed.textContent()).toBe(text);
    await expect(this.run).toBeVisible();
  }
}
