// Two suites: `unit` holds everything `npm test` runs, `e2e` runs the whole program on the real records and the platforms’ stand-ins.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const MOSTLY_WAITS = /(?:slack|discord)-faults|replicas/

/** What waits for minutes begins first, beside what computes. */
class WaitersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const waits = ({ moduleId }: TestSpecification) => MOSTLY_WAITS.test(moduleId)
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: WaitersFirst },
    pool: 'forks', // Native SQLite and worker threads are safest in processes of their own, which cost no more here.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          globalSetup: ['test/postgres-server.ts'],
          testTimeout: 30_000, // Processes and files are slow on a busy machine.
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/postgres-server.ts'],
          maxWorkers: 4, // Three that mostly wait, and one that computes.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
