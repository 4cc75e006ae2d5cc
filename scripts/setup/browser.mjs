import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment, root, run } from './npm.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const PROGRAMS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

const DISTRIBUTIONS = [
  {
    tool: 'apt-get',
    commands: [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', 'chromium'],
    ],
  },
  { tool: 'dnf', commands: [['dnf', 'install', '-y', '-q', 'chromium']] },
  { tool: 'apk', commands: [['apk', 'add', '--quiet', 'chromium']] },
  { tool: 'pacman', commands: [['pacman', '-Sy', '--noconfirm', '--quiet', 'chromium']] },
  { tool: 'zypper', commands: [['zypper', '--quiet', '--non-interactive', 'install', 'chromium']] },
];

const remembered = join(root, 'node_modules/.cache/dxdx/browser.txt');

function which(command) {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  try {
    return execFileSync(finder, [command], { env: environment, encoding: 'utf8', stdio: 'pipe' }).split(
      /\r?\n/,
    )[0];
  } catch {
    return undefined; // that is how `which` says no
  }
}

/** A path may be a stub, or miss a library: only a browser that draws a page counts. */
function starts(program) {
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', 'data:text/html,<p>dxdx'];
  try {
    const options = { encoding: 'utf8', stdio: 'pipe', timeout: 60_000, env: environment };
    return execFileSync(program, args, options).includes('<p>dxdx');
  } catch {
    return false; // not a browser, or not a whole one
  }
}

/** Where Playwright keeps its own Chromium, downloaded or not. */
async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

async function candidates() {
  const named = [process.env.CHROME_PATH, process.env.CHROMIUM].filter(Boolean);
  const installed = [...COMMANDS.map(which), ...(PROGRAMS[process.platform] ?? [])];
  return [...named, ...installed, await playwrightsOwn()].filter((path) => path && existsSync(path));
}

/** The browser to test in, or undefined. What was found before is not tried again. */
export async function findBrowser() {
  const known = existsSync(remembered) ? readFileSync(remembered, 'utf8') : undefined;
  const paths = await candidates();
  if (known && paths.includes(known)) return known;
  const found = paths.find(starts);
  if (found) {
    mkdirSync(dirname(remembered), { recursive: true });
    writeFileSync(remembered, found);
  }
  return found;
}

function asRoot() {
  if (process.getuid?.() === 0) return [];
  return which('sudo') ? ['sudo', '-n'] : undefined;
}

async function download() {
  console.log("No Chromium or Chrome that starts was found: downloading Playwright's own …");
  await run('playwright', ['install', 'chromium']);
}

async function addLibraries() {
  if (process.platform !== 'linux' || !asRoot() || !existsSync(await playwrightsOwn())) return;
  console.log('It does not start yet: installing the system libraries it needs …');
  await run('playwright', ['install-deps', 'chromium']);
}

async function installPackage() {
  const prefix = asRoot();
  const distribution = DISTRIBUTIONS.find(({ tool }) => which(tool));
  if (process.platform !== 'linux' || !prefix || !distribution) return;
  console.log(`Installing the distribution's Chromium (${distribution.tool}) …`);
  for (const command of distribution.commands) {
    const [program, ...args] = [...prefix, ...command];
    await run(program, args, { env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' } });
  }
}

/** The browser to test in, fetched where there is none. Throws with a remedy where that fails too. */
export async function ensureBrowser() {
  for (const fetch of [() => {}, download, addLibraries, installPackage]) {
    await fetch();
    const found = await findBrowser();
    if (found) return found;
  }
  throw new Error(
    'No browser to test in: none installed, and neither Playwright nor the distribution could bring one. ' +
      'Install Chromium or Google Chrome, or name its program: CHROME_PATH=/path/to/chrome npm test',
  );
}
