import { DiscordAPIError, HTTPError } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '#adapters/chat/discord/gateway/refusal.ts'

function answered(status: number, code: number) {
  return new DiscordAPIError({ code, message: 'no' }, code, status, 'GET', 'https://discord.com', {})
}

describe('What Discord refuses for good', () => {
  test.each([
    ['a wrong token, over REST', answered(401, 0), undefined, 'bot token'],
    ['a wrong token, at the gateway', new Error('Authentication failed'), 4004, 'bot token'],
    ['privileged intents', new Error('Used disallowed intents'), 4014, 'intents'],
  ])('%s', (_, error, code, words) => {
    expect(refusalOf(error, code)).toMatchObject({ code: 'config', message: expect.stringContaining(words) })
  })

  test.each([
    ['500', answered(500, 0)],
    ['429', answered(429, 0)],
    ['503 without words', new HTTPError(503, 'Service Unavailable', 'GET', 'https://discord.com', {})],
    ['nothing', new Error('read ECONNRESET')],
  ])('%s passes', (_, error) => {
    expect(refusalOf(error, undefined)).toBeUndefined()
  })
})
