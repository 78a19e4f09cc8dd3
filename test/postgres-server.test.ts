import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { testPostgres } from './postgres.ts'

const { isMissing } = await testPostgres()
const SCRIPT = `
  import { startPostgres } from '#test/postgres-server.ts'
  const server = await startPostgres()
  process.exitCode = 3
  await server.close()`

test.skipIf(isMissing)('a run that failed ends as one that failed, though it had a server', async () => {
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', SCRIPT])
  await expect(run).rejects.toMatchObject({ code: 3 })
})
