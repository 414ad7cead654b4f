import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Left to itself the runner keeps a core free, which on two cores is half of the machine.
    maxWorkers: '100%',
    reporters: ['default'],
  },
})
