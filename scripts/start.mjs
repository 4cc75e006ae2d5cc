// `npm start`: installs and builds what is missing, serves the site and says where.

import { serve, serveOptions } from './serve.mjs';
import { install } from './setup/install.mjs';
import { npm } from './setup/npm.mjs';

async function prepare() {
  await install();
  const code = await npm(['run', '--silent', 'build', '--', '--if-changed']);
  if (code !== 0)
    throw new Error('The site could not be built; the reason is above. `npm run build` tries it alone.');
}

try {
  await prepare();
  const { address } = await serve(serveOptions());
  console.log(`\n  dxdx is at ${address}   (Ctrl+C ends it)\n`);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
