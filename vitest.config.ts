// Two suites: `unit` holds everything `npm test` runs, `e2e` runs the whole program on the real records and the platforms’ stand-ins.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks', // Native SQLite and worker threads are safest in processes of their own, which cost no more here.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 30_000, // Processes and files are slow on a busy machine.
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 4, // Files about a platform mostly wait, so that those that compute have the processors.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
