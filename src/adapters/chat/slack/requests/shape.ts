// Whether a signed payload has the shape of one of Slack's, as far as Bolt and the listeners read it unasked. What has not is
// refused: Bolt would throw at it, and Slack would send it again and again.
// The kinds are told apart as Bolt does it, in the same order.
import { z } from 'zod'

/** Of a workspace or an organisation. Bolt keeps what it knows of them in plain objects, under these names. */
const ID = /^[A-Z0-9]{1,64}$/

const id = z.string().regex(ID)
const withId = z.looseObject({ id: z.string() })
/** Slack writes null for what is not there. */
const perhaps = <Schema extends z.ZodType>(schema: Schema) => schema.nullish()

/** What the listeners read of these; of other types nothing. */
const eventTypes: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['link_shared', z.looseObject({ links: z.array(z.looseObject({ url: z.string() })) })],
  ['tokens_revoked', z.looseObject({ tokens: z.looseObject({ bot: perhaps(z.array(z.string())) }) })],
  ['member_joined_channel', z.looseObject({ user: z.string(), channel: z.string() })],
  ['app_home_opened', z.looseObject({ user: z.string(), channel: z.string() })],
])

const happened = z
  .looseObject({
    type: z.string(),
    channel: z.union([z.string(), z.looseObject({})]).optional(),
    item: z.looseObject({}).optional(),
    user: z.union([z.string(), z.looseObject({})]).optional(),
    subteam: z.looseObject({}).optional(),
  })
  .refine((one) => eventTypes.get(one.type)?.safeParse(one).success ?? true)

const event = z.looseObject({
  team_id: id,
  enterprise_id: perhaps(id),
  event: happened,
  authorizations: perhaps(z.array(z.looseObject({ team_id: perhaps(id), enterprise_id: perhaps(id) }))),
})

const command = z.looseObject({
  command: z.string(),
  text: z.string(),
  team_id: id,
  enterprise_id: perhaps(id),
  channel_id: z.string(),
  user_id: z.string(),
  user_name: z.string(),
  response_url: z.string(),
  trigger_id: z.string(),
})

/** What people do with what they see, always somebody somewhere. */
const interaction = {
  team: perhaps(z.looseObject({ id, enterprise_id: perhaps(id) })),
  enterprise: perhaps(z.looseObject({ id })),
  user: z.looseObject({ id: z.string(), team_id: perhaps(id) }),
  channel: withId.optional(),
  response_url: z.string().optional(),
  response_urls: z.array(z.looseObject({ response_url: z.string() })).optional(),
}

const options = z.looseObject({ ...interaction, action_id: z.string(), value: z.string(), container: z.looseObject({}) })

/** A button was pressed, or something was chosen. */
const pressed = z
  .looseObject({
    type: z.string(),
    action_id: z.string(),
    block_id: z.string(),
    value: z.string().optional(),
    selected_option: z.looseObject({ value: z.string() }).optional(),
  })
  .refine(({ type, selected_option: chosen }) => type === 'button' || chosen !== undefined)

const action = z.looseObject({
  ...interaction,
  actions: z.array(pressed).min(1),
  message: perhaps(z.looseObject({})),
  container: z.looseObject({}),
  view: perhaps(withId),
})

const shortcut = z.looseObject({ ...interaction, callback_id: z.string(), trigger_id: z.string() })

const messageShortcut = z.looseObject({ ...shortcut.shape, channel: withId, message: z.looseObject({}) })

const view = z.looseObject({
  ...interaction,
  view: z.looseObject({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    app_installed_team_id: perhaps(id),
    state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() }))) }),
  }),
})

/** https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/apis/events-api */
export function isOfSlack(payload: Readonly<Record<string, unknown>>): boolean {
  return shapeOf(payload)?.safeParse(payload).success ?? false
}

/** Undefined for a kind that nobody here knows. */
function shapeOf(payload: Readonly<Record<string, unknown>>): z.ZodType | undefined {
  if (payload.event !== undefined) return event
  if (payload.command !== undefined) return command
  if (payload.name !== undefined || payload.type === 'block_suggestion') return options
  if (payload.actions !== undefined) return action
  if (payload.type === 'shortcut') return shortcut
  if (payload.type === 'message_action') return messageShortcut
  return payload.type === 'view_submission' || payload.type === 'view_closed' ? view : undefined
}
