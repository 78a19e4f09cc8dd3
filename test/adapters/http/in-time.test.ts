import { describe, expect, test } from 'vitest'
import { sentWithin } from '#adapters/http/in-time.ts'
import { wasNeverSent } from '#adapters/http/never-sent.ts'
import { aServer, aTimer } from './server.ts'

describe('a request that has to be sent within a second', () => {
  async function aPlace() {
    const place = await aServer((_, response) => response.end('taken'))
    const timer = aTimer()
    let standsStill = 0
    // The clock is looked at when a request is made, and when it is about to be written.
    const dispatcher = sentWithin(1000, () => {
      const now = timer.clock.now().epochMilliseconds
      timer.pass(standsStill)
      return now
    })
    return {
      place,
      standStill: (milliseconds: number) => {
        standsStill = milliseconds
      },
      post: async () => {
        const answer = await fetch(place.url, { method: 'POST', body: 'A message', dispatcher })
        return answer.text()
      },
      [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
    }
  }

  test('is sent after exactly that time, over a new connection and over one that is there', async () => {
    await using here = await aPlace()
    here.standStill(1000)
    expect(await here.post()).toBe('taken')
    expect(await here.post()).toBe('taken')
    expect(here.place.requests).toHaveLength(2)
  })

  test('is not sent a moment later, which its error proves, and holds up nothing after it', async () => {
    await using here = await aPlace()
    here.standStill(1001)
    for (const _ of ['over a new connection', 'again']) {
      const error = await here.post().catch((error: unknown) => error)
      expect(wasNeverSent(error)).toBe(true)
    }
    expect(here.place.requests).toHaveLength(0)
    here.standStill(0)
    expect(await here.post()).toBe('taken')
    here.standStill(1001)
    expect(wasNeverSent(await here.post().catch((error: unknown) => error))).toBe(true)
    expect(here.place.requests).toHaveLength(1)
  })
})
