// manifest.yaml as Slack takes it (github.com/slackapi/manifest-schema), and as the bot needs it: whatever it listens to is
// asked for, and nothing else.
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { forAddress, forSocketMode } from '#cli/manifest.ts'
import { UserInputError } from '#core/errors.ts'
import { readYaml } from './manifest.ts'

const SOURCE = readFileSync('manifest.yaml', 'utf8')
const LISTENERS = globSync('src/adapters/chat/slack/**/*.ts').map((path) => readFileSync(path, 'utf8'))

/** An event, and the scopes any of which brings it: https://docs.slack.dev/reference/events. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_left: ['channels:read'],
  channel_unarchive: ['channels:read'],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  group_unarchive: ['groups:read'],
  link_shared: ['links:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  tokens_revoked: [],
}
const EVENT_NAMES = Object.keys(EVENTS) as [string, ...string[]]

/** Those of https://docs.slack.dev/reference/scopes that a bot like this can want. */
const SCOPES = z
  .string()
  .refine(
    (scope) =>
      /^(commands|chat:write|im:write|app_mentions:read|links:(read|write)|(team|users):read|(channels|groups|im|mpim):(history|read))$/.test(
        scope,
      ),
    'a scope that Slack has',
  )

const text = (most: number) => z.string().min(1).max(most)
const address = z.string().regex(/^https:\/\/paperboy\.example\.org\/slack\/events$/)
const unique = <T extends z.ZodType>(one: T, most: number) =>
  z
    .array(one)
    .min(1)
    .max(most)
    .refine((all) => new Set(all).size === all.length, 'each once')

/** What Slack's schema says of what we use; a key of any other name is refused. */
const manifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: text(35),
    description: text(140),
    long_description: z.string().min(175).max(4000).optional(),
    background_color: z
      .string()
      .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
      .optional(),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: text(80), always_online: z.boolean() }),
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(24),
          type: z.enum(['message', 'global']),
          callback_id: text(255),
          description: text(150),
        }),
      )
      .min(1)
      .max(5)
      .optional(),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z]{1,31}$/),
          url: address.optional(),
          description: text(2000),
          usage_hint: text(1000),
          should_escape: z.boolean(),
        }),
      )
      .min(1)
      .max(5),
    unfurl_domains: unique(
      z
        .string()
        .max(255)
        .regex(/^(?![.-])[-a-z0-9.]+[a-z0-9]$/),
      5,
    ).optional(),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z
      .array(
        z
          .string()
          .max(2500)
          .regex(/^https:\/\/paperboy\.example\.org\/slack\//),
      )
      .min(1)
      .optional(),
    scopes: z.strictObject({ bot: unique(SCOPES, 255), bot_optional: unique(SCOPES, 255).optional() }),
  }),
  settings: z.strictObject({
    event_subscriptions: z
      .strictObject({ request_url: address.optional(), bot_events: unique(z.enum(EVENT_NAMES), 100) })
      .optional(),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: address.optional(),
      message_menu_options_url: address.optional(),
    }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
})

const manifest = manifestSchema.parse(readYaml(SOURCE))
const granted: readonly string[] = manifest.oauth_config.scopes.bot
const events: readonly string[] = manifest.settings.event_subscriptions?.bot_events ?? []
const shortcuts = manifest.features.shortcuts?.map(({ callback_id: id }) => id) ?? []

/** What the listeners register for, by the literal or constant they name it with. */
function registered(kind: 'event' | 'message' | 'shortcut' | 'command' | 'options'): string[] {
  return LISTENERS.flatMap((source) =>
    [...source.matchAll(new RegExp(`\\bapp\\.${kind}\\(\\s*(?:'([^']+)'|([A-Z_]+))?`, 'g'))].map(([, literal, constant]) => {
      if (constant === undefined) return literal ?? kind
      const [, value] = new RegExp(`const ${constant} = (?:'([^']+)'|/\\^?([^$/]+))`).exec(source)?.filter(Boolean) ?? []
      return value ?? constant
    }),
  )
}

describe('as Slack takes it', () => {
  test('over HTTP every address is there, and they are one', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(false)
    expect(manifest.features.slash_commands.filter(({ url }) => url === undefined)).toEqual([])
    expect(manifest.settings.interactivity.request_url).toBeDefined()
    expect(manifest.settings.interactivity.message_menu_options_url !== undefined).toBe(registered('options').length > 0)
    if (events.length > 0) expect(manifest.settings.event_subscriptions?.request_url).toBeDefined()
  })

  test('each event has a scope that brings it', () => {
    const lacking = events.filter(
      (event) => EVENTS[event]!.length > 0 && !EVENTS[event]!.some((scope) => granted.includes(scope)),
    )
    expect(lacking).toEqual([])
  })

  test('links are asked for and shown with the domains and scopes that this needs', () => {
    const wants = [events.includes('link_shared'), granted.includes('links:read'), granted.includes('links:write')]
    expect(new Set([...wants, manifest.features.unfurl_domains !== undefined]).size).toBe(1)
  })

  test('people can write to the bot, since it listens', () => {
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true)
    expect(manifest.features.app_home.messages_tab_read_only_enabled).toBe(false)
  })
})

describe('as the bot needs it', () => {
  test('every event that is listened to is subscribed to', () => {
    const unheard = registered('event').filter((event) => event !== 'message' && !events.includes(event))
    expect(unheard).toEqual([])
    const hasMessages = events.some((event) => event.startsWith('message.'))
    if (registered('message').length > 0 || registered('event').includes('message')) expect(hasMessages).toBe(true)
  })

  test('every event that is subscribed to is listened to', () => {
    const heard = [...registered('event'), ...registered('message')]
    expect(events.filter((event) => !heard.includes(event.split('.')[0]!))).toEqual([])
  })

  test('shortcuts and commands are those that are answered', () => {
    expect(registered('shortcut').sort()).toEqual(shortcuts.toSorted())
    expect(registered('command').map((command) => command.replaceAll('\\', ''))).toEqual(
      manifest.features.slash_commands.map(({ command }) => command),
    )
  })

  test('the Home tab is on where it is filled', () => {
    const isFilled = LISTENERS.some((source) => source.includes('views.publish'))
    expect(manifest.features.app_home.home_tab_enabled).toBe(isFilled)
    expect(events.includes('app_home_opened')).toBe(isFilled)
  })
})

describe('as it is printed', () => {
  test('for Socket Mode it differs in the addresses and the mode alone', () => {
    const printed = manifestSchema.parse(readYaml(forSocketMode(SOURCE)))
    expect(forSocketMode(SOURCE)).not.toContain('paperboy.example.org')
    const { redirect_urls: _, ...oauth } = manifest.oauth_config
    const without = structuredClone({ ...manifest, oauth_config: oauth })
    for (const command of without.features.slash_commands) delete command.url
    delete without.settings.interactivity.request_url
    delete without.settings.interactivity.message_menu_options_url
    delete without.settings.event_subscriptions?.request_url
    without.settings.socket_mode_enabled = true
    expect(printed).toEqual(without)
  })

  test('an address takes the place of the example, and of nothing else', () => {
    for (const url of ['https://papers.lab.example', 'https://papers.lab.example/', 'https://papers.lab.example/slack/events']) {
      const printed = forAddress(SOURCE, url)
      expect(readYaml(printed.replaceAll('https://papers.lab.example', 'https://paperboy.example.org'))).toEqual(readYaml(SOURCE))
      expect(printed).toContain(' https://papers.lab.example/slack/events\n')
    }
    expect(forAddress(SOURCE, 'https://lab.example/bots/paperboy/')).toContain(
      ' https://lab.example/bots/paperboy/slack/events\n',
    )
  })

  test.each(['papers.lab.example', 'http://papers.lab.example', 'https://a:b@lab.example', 'https://lab.example/?a=b', ''])(
    'what Slack could not reach is refused: %s',
    (url) => {
      expect(() => forAddress(SOURCE, url)).toThrow(UserInputError)
    },
  )
})
