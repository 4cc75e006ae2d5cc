import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { defineConfig, devices, firefox, webkit } from '@playwright/test';
import { base } from './scripts/pages/built-site.ts';
import { findBrowser } from './scripts/setup/browser.mjs';

/** A port nobody uses, so that tests never meet somebody else's server. */
function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(String(typeof address === 'object' && address?.port)));
    });
  });
}

// Workers read this file again; through the environment they see the first reading's answer.
process.env.E2E_PORT ??= await freePort();
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}${base}`;

/** Other engines have their turn where Playwright has them installed (`npx playwright install firefox webkit`). */
const otherEngines = [
  { name: 'firefox', device: 'Desktop Firefox', path: firefox.executablePath() },
  { name: 'webkit', device: 'Desktop Safari', path: webkit.executablePath() },
].filter(({ path }) => existsSync(path));

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  // A first run starts Python, on a machine that may be busy.
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { baseURL, actionTimeout: 20_000, trace: 'retain-on-failure' },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: {
          executablePath: await findBrowser(),
          chromiumSandbox: false,
          args: [
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      },
    },
    ...otherEngines.map(({ name, device }) => ({
      name,
      use: devices[device],
      // What readers do; the rest asks Chromium's own tools, or is not a matter of the engine.
      testMatch: ['running.spec.ts', 'surviving.spec.ts', 'hostile.spec.ts'],
      grep: /prints what|at once|page to page|Stop ends|ends in a message|harm nothing/,
    })),
  ],
  webServer: {
    command: `node scripts/serve.mjs --strict --port ${process.env.E2E_PORT} --base ${base}`,
    url: baseURL,
  },
});
