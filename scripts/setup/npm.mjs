// These files run before anything is installed, on the oldest Node we accept: plain JavaScript, no dependency.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The project's own Node and tools come first, as `npm run` has them, even where a script was started by hand. */
export const environment = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1',
  PATH: join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? ''),
};

/** Runs a command with our own input and output; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: environment, stdio: 'inherit', ...options });
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** npm again, by the very file that started us where it did: `npm` itself is no executable on Windows. */
export function npm(args, options) {
  const file = process.env.npm_execpath;
  if (file?.endsWith('.js')) return run(process.execPath, [file, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}
