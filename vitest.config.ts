import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // A bound for what never ends, not for what is slow: other work may share the machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    // Left to itself the runner keeps a core free, which on two cores is half of the machine.
    maxWorkers: '100%',
    reporters: ['default'],
  },
})
