// `npm test`: installs what is missing, then every check there is, the quick ones first. Stops at the first that fails.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './setup/browser.mjs';
import { install } from './setup/install.mjs';
import { environment, npm, root } from './setup/npm.mjs';

/** A step that counts its tests leaves a report; any other counts as one. */
const STEPS = [
  { name: 'lint and format', script: 'check:style' },
  { name: 'types', script: 'check:types' },
  { name: 'unit tests', script: 'test:unit', report: 'unit.json' },
  { name: 'site', script: 'build' },
  { name: 'pages', script: 'check:pages' },
  { name: 'what a reader does', script: 'test:e2e', report: 'e2e.json' },
];

const total = { passed: 0, failed: 0 };
const lines = [];

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** Vitest and Playwright count alike under different names. */
function counted(report) {
  if (!existsSync(report)) return undefined;
  const { numPassedTests, numFailedTests, stats } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: numPassedTests ?? stats.expected, failed: numFailedTests ?? stats.unexpected };
}

async function step({ name, script, report = 'none' }, env) {
  const file = join(root, 'test-results', report);
  rmSync(file, { force: true });
  console.log(`\n── ${name} (npm run ${script}) ──`);
  const began = Date.now();
  const ok = (await npm(['run', '--silent', script], { env })) === 0;
  const count = counted(file) ?? { passed: ok ? 1 : 0, failed: 0 };
  total.passed += count.passed;
  total.failed += ok ? 0 : Math.max(1, count.failed);
  lines.push(`${ok ? '✓' : '✗'} ${name.padEnd(20)} ${seconds(began).padStart(8)}`);
  if (!ok) throw new Error(`"${name}" failed, so nothing after it ran. To run just that: npm run ${script}`);
}

async function all() {
  await install();
  const browser = await ensureBrowser();
  console.log(`Testing in ${browser}`);
  for (const each of STEPS) await step(each, { ...environment, CHROME_PATH: browser });
}

const began = Date.now();
try {
  await all();
} catch (error) {
  total.failed ||= 1; // the set-up itself failed
  process.exitCode = 1;
  console.error(`\n✗ ${error.message}`);
}
console.log(`\n${[...lines, `  ${'in all'.padEnd(20)} ${seconds(began).padStart(8)}`].join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
