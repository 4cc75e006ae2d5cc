// Before a command that someone may give first thing after cloning: installs what is missing.
import { install } from './install.mjs';

try {
  await install();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
