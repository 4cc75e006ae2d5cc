import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{content,engine,scripts,src}/**/*.test.ts'],
    // A test may start a Python interpreter of its own.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
