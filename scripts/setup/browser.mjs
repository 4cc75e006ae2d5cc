import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment, root } from './npm.mjs';

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

/** The browser to test in, or undefined. The first choice is not tried again where it started before. */
export async function findBrowser() {
  const known = existsSync(remembered) ? readFileSync(remembered, 'utf8') : undefined;
  const paths = await candidates();
  if (known && known === paths[0]) return known;
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

/** Says in a line what it does, and in another why that did not work: these tools talk a lot. */
function attempt(what, command, args) {
  console.log(`${what} …`);
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive' };
  return new Promise((done) => {
    execFile(command, args, { cwd: root, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const lines = `${stderr}\n${stdout}`.split('\n').filter(Boolean);
      if (error)
        console.log(`  did not work: ${lines.find((line) => /^E(rror)?:/.test(line)) ?? error.message}`);
      done();
    });
  });
}

async function download() {
  await attempt("No Chromium or Chrome found that starts: downloading Playwright's own", 'playwright', [
    'install',
    'chromium',
  ]);
}

async function addLibraries() {
  if (process.platform !== 'linux' || !asRoot() || !existsSync(await playwrightsOwn())) return;
  await attempt('It misses system libraries: installing them', 'playwright', ['install-deps', 'chromium']);
}

async function installPackage() {
  const prefix = asRoot();
  const distribution = DISTRIBUTIONS.find(({ tool }) => which(tool));
  if (process.platform !== 'linux' || !prefix || !distribution) return;
  for (const command of distribution.commands) {
    const [program, ...args] = [...prefix, ...command];
    await attempt(`Installing the distribution's own: ${command.join(' ')}`, program, args);
  }
}

/** The browser to test in, fetched where there is none. Throws with a remedy where that fails too. */
export async function ensureBrowser() {
  for (const fetch of [async () => {}, download, addLibraries, installPackage]) {
    await fetch();
    const found = await findBrowser();
    if (found) return found;
  }
  throw new Error(
    'No browser to test in: none installed, and neither Playwright nor the distribution could bring one. ' +
      'Install Chromium or Google Chrome, or name its program: CHROME_PATH=/path/to/chrome npm test',
  );
}
