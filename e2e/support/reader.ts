import type { Page } from '@playwright/test';
import { Example } from './example.ts';

/** The lessons that hold the three examples, and the program each is about. */
export const EXAMPLES = [
  { lesson: '03-the-identity-by-way-of-x-times-1', file: 'identity.py' },
  { lesson: '04-a-function-of-the-same-tensor', file: 'square.py' },
  { lesson: '05-the-jacobian-row-by-row', file: 'jacobian.py' },
];

/** Someone at the page, who sees names and places rather than elements. */
export class Reader {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a page by its address below the site's own, wherever that stands. */
  async open(address: string): Promise<void> {
    await this.page.goto(`./${address}`);
  }

  async openExample({ lesson, file }: { lesson: string; file: string }): Promise<Example> {
    await this.open(`lessons/${lesson}/`);
    return this.example(file);
  }

  example(file: string): Example {
    return new Example(this.page.locator(`dxdx-run[data-key$="/${file}"]`).first());
  }

  /** Nothing is wider than the screen. */
  async sidewaysOverflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }
}
