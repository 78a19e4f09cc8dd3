import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig, variables } from '#config'
import { ConfigError } from '#core/errors.ts'

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).message
  }
  throw new Error('This environment was taken for a right one.')
}

test('an empty environment gives the defaults, frozen', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ DATABASE_URL: 'file:data/paperboy.db', PORT: 8080, HOST: '127.0.0.1', WATCH_CATEGORIES: [] })
  expect(Object.isFrozen(config)).toBe(true)
})

test('an empty value counts as none', () => {
  expect(readConfig({ PORT: '', CONTACT_EMAIL: '' })).toEqual(readConfig({}))
})

test('watched categories are parted at commas, spaces around them do not count', () => {
  expect(readConfig({ WATCH_CATEGORIES: ' cs.LG, stat.ML,hep-th ,' }).WATCH_CATEGORIES).toEqual(['cs.LG', 'stat.ML', 'hep-th'])
})

test('allowed hosts are names, addresses and ranges', () => {
  const allowed = ['feeds.lab.example', 'localhost', '10.0.0.0/8', '::1', 'fd00::/8', '192.168.1.4']
  expect(readConfig({ FETCH_ALLOW_HOSTS: allowed.join(', ') }).FETCH_ALLOW_HOSTS).toEqual(allowed)
  for (const wrong of ['10.0.0', '10.0.0.0/33', 'fd00::/129', 'http://lab.example', 'lab.example:8080', 'a b', '10.0.0.0/8/8']) {
    expect(problemsOf({ FETCH_ALLOW_HOSTS: wrong })).toContain('FETCH_ALLOW_HOSTS is')
  }
})

test('everything wrong is listed at once, each with what it has to be', () => {
  const message = problemsOf({ PORT: '99999', WATCH_CATEGORIES: 'cs LG', LOG_LEVEL: 'loud', CONTACT_EMAIL: 'me' })
  expect(message).toContain('PORT is "99999"; it has to be a port from 1 to 65535.')
  expect(message).toContain('WATCH_CATEGORIES is "cs LG"')
  expect(message).toContain('LOG_LEVEL is "loud"; it has to be one of debug, info, warn, error, silent.')
  expect(message).toContain('CONTACT_EMAIL is "me"')
})

test('a value that may hold a secret is not repeated in the complaint', () => {
  expect(problemsOf({ DATABASE_URL: 'mysql://admin:hunter2@db/papers' })).not.toContain('hunter2')
})

test('a database in memory is refused, since the index beside it could not follow', () => {
  expect(problemsOf({ DATABASE_URL: 'file::memory:' })).toContain('DATABASE_URL')
})

test('NAME_FILE gives the value from a file, white space around it taken off', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'paperboy-config-')), 'contact')
  writeFileSync(file, 'library@example.org\n')
  expect(readConfig({ CONTACT_EMAIL_FILE: file }).CONTACT_EMAIL).toBe('library@example.org')
})

test('a NAME_FILE that cannot be read is named', () => {
  expect(problemsOf({ CONTACT_EMAIL_FILE: '/nowhere/contact' })).toContain('CONTACT_EMAIL_FILE names "/nowhere/contact"')
})

test('every variable is explained', () => {
  expect(variables.filter(({ about }) => about === '')).toEqual([])
})

test('a Slack token without what its mode needs is refused with what is missing', () => {
  expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toContain('SLACK_SIGNING_SECRET is missing')
  expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toContain('or SLACK_APP_TOKEN for Socket Mode')
  expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_MODE: 'socket' })).toContain('SLACK_APP_TOKEN is missing')
  expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }).SLACK_PORT).toBe(3000)
})

test('an app-level token alone means Socket Mode, unless the mode is set', () => {
  const tokens = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
  expect(readConfig(tokens).SLACK_MODE).toBe('socket')
  expect(readConfig({ ...tokens, SLACK_SIGNING_SECRET: 'secret' }).SLACK_MODE).toBe('http')
  expect(problemsOf({ ...tokens, SLACK_MODE: 'http' })).toContain('SLACK_SIGNING_SECRET is missing')
})

describe('installing the Slack app in many workspaces', () => {
  const OAUTH = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 's' }
  const SIGNED = { SLACK_SIGNING_SECRET: 's' }

  test('needs no bot token, but the client id, both secrets and what the mode needs', () => {
    expect(readConfig({ ...OAUTH, ...SIGNED })).toMatchObject(OAUTH)
    expect(readConfig({ ...OAUTH, SLACK_MODE: 'socket', SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject(OAUTH)
    expect(problemsOf(OAUTH)).toContain('SLACK_SIGNING_SECRET is missing; it has to be set where SLACK_CLIENT_ID is')
    expect(problemsOf({ ...OAUTH, SLACK_MODE: 'socket' })).toContain('SLACK_APP_TOKEN is missing')
    for (const name of Object.keys(OAUTH)) {
      expect(problemsOf({ ...OAUTH, ...SIGNED, [name]: '' })).toContain(`${name} is missing`)
    }
  })

  test('is left alone where a bot token is there and something of it is missing', () => {
    const token = { SLACK_BOT_TOKEN: 'xoxb-1', ...SIGNED }
    expect(readConfig({ ...token, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c' }).SLACK_BOT_TOKEN).toBe('xoxb-1')
    expect(readConfig({ ...token, ...OAUTH })).toMatchObject({ ...token, ...OAUTH })
  })

  test('comes back to the page that is there', () => {
    const back = (uri: string) => ({ ...OAUTH, ...SIGNED, SLACK_REDIRECT_URI: uri })
    expect(readConfig(back('https://a.example/bot/slack/oauth_redirect')).SLACK_REDIRECT_URI).toContain('/bot/')
    expect(problemsOf(back('https://a.example/'))).toContain('ends in /slack/oauth_redirect')
    expect(problemsOf(back('a.example/slack/oauth_redirect'))).toContain('SLACK_REDIRECT_URI is')
  })
})
