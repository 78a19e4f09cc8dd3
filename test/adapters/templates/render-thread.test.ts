import { describe, expect, test } from 'vitest'
import { openRenderThread } from '#adapters/templates/render-thread.ts'
import { ConfigError } from '#core/errors.ts'

const script = new URL('./slow-thread.ts', import.meta.url)

function open() {
  const draw = openRenderThread({ folders: [], script, deadlineMs: 200 })
  return (template: string) => draw({ template, values: {}, rows: 0 })
}

describe('the rendering thread', () => {
  test('is ended where a template takes too long, and what waits behind it is rendered', async () => {
    const draw = open()
    const [endless, other] = await Promise.allSettled([draw('endless'), draw('other')])
    expect(endless).toMatchObject({ status: 'rejected', reason: expect.any(ConfigError) })
    expect(endless).toHaveProperty('reason.message', 'The template endless took longer than 200 ms and was ended.')
    expect(other).toMatchObject({ status: 'fulfilled', value: [{ spans: [{ text: 'other' }] }] })
  })

  test('keeps nothing of what was ended: each next one starts afresh', async () => {
    const draw = open()
    for (const template of ['endless', 'a', 'endless', 'b']) {
      const drawn = await draw(template).catch(({ message }: Error) => message)
      expect(JSON.stringify(drawn)).toContain(template === 'endless' ? 'was ended' : `"${template}"`)
    }
  })

  test('that ends by itself fails that one template alone', async () => {
    const draw = open()
    const [fatal, other] = await Promise.allSettled([draw('fatal'), draw('other')])
    expect(fatal).toHaveProperty('reason.message', 'The template fatal cannot be rendered.')
    expect(fatal).toHaveProperty('reason.cause.message', 'out of order')
    expect(other).toHaveProperty('status', 'fulfilled')
  })

  test('hears an answer that came while this thread was busy itself', async () => {
    const draw = open()
    await draw('warm')
    const drawn = draw('other')
    const began = performance.now()
    while (performance.now() - began < 400);
    expect(await drawn).toMatchObject([{ spans: [{ text: 'other' }] }])
  })
})
