import { test as base, expect } from '@playwright/test';
import { Reader } from './reader.ts';

interface Fixtures {
  reader: Reader;
  /** What no page may do, whatever a test is about: ask another server for anything, or complain in the console. */
  guard: undefined;
  /** Complaints that a test provokes on purpose. */
  allowedComplaints: RegExp[];
}

export const test = base.extend<Fixtures>({
  allowedComplaints: [[], { option: true }],

  guard: [
    async ({ context, baseURL, allowedComplaints }, use) => {
      const home = new URL(baseURL ?? '').host;
      const found: string[] = [];
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (/^(https?|wss?):/.test(url.protocol) && url.host !== home) found.push(`asked ${request.url()}`);
      });
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()))
          found.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => found.push(`uncaught: ${error.error().stack}`));
      context.on('page', (page) => page.on('websocket', (socket) => found.push(`opened ${socket.url()}`)));
      await use(undefined);
      const complaints = found.filter(
        (complaint) => !allowedComplaints.some((allowed) => allowed.test(complaint)),
      );
      expect(complaints, 'foreign requests and complaints in the console').toEqual([]);
    },
    { auto: true },
  ],

  reader: async ({ page }, use) => use(new Reader(page)),
});

export { expect };
