// Every fault of Slack's, over HTTP and with the program as it is.
import { describe } from 'vitest'
import { hasFakes } from './fake.ts'
import { faults } from './slack-faults.ts'

describe.skipIf(!hasFakes)('Slack over HTTP, while posts fail', () => {
  faults({ delivery: 'http' })
})
