// One request of each kind that Slack sends, as it sends them.

const team = { id: 'T0LAB', domain: 'lab' }
const user = { id: 'U0ADA', name: 'ada', team_id: 'T0LAB' }
const interaction = { team, user, enterprise: null, is_enterprise_install: false, api_app_id: 'A0', trigger_id: '1.2.a' }
const view = {
  id: 'V0',
  type: 'modal',
  callback_id: 'follow',
  private_metadata: JSON.stringify({ workspace: 'T0LAB', person: 'U0ADA', channel: 'C0LAB' }),
  state: { values: { kind: { kind: { type: 'static_select', selected_option: { value: 'topic' } } } } },
  app_installed_team_id: 'T0LAB',
}
const container = { type: 'message', message_ts: '1.0', channel_id: 'C0LAB' }

function event(event: object) {
  const authorizations = [{ enterprise_id: null, team_id: 'T0LAB', user_id: 'U0BOT', is_bot: true }]
  return { type: 'event_callback', team_id: 'T0LAB', api_app_id: 'A0', event_id: 'Ev0', event_time: 1, authorizations, event }
}

export const events = {
  home: event({ type: 'app_home_opened', user: 'U0ADA', channel: 'D0ADA', tab: 'home', event_ts: '1.0' }),
  link: event({
    type: 'link_shared',
    user: 'U0ADA',
    channel: 'C0LAB',
    message_ts: '1.0',
    links: [{ domain: 'arxiv.org', url: 'https://arxiv.org/abs/2303.13506' }],
  }),
  uninstalled: event({ type: 'app_uninstalled' }),
  revoked: event({ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }),
  joined: event({ type: 'member_joined_channel', user: 'U0BOT', channel: 'C0LAB', team: 'T0LAB' }),
  message: event({ type: 'message', user: 'U0ADA', channel: 'C0LAB', text: 'hi', ts: '1.0', item: { channel: 'C0LAB' } }),
  ofNobodyHere: event({ type: 'of_tomorrow', channel: { id: 'C0LAB', creator: 'U0ADA' }, subteam: { created_by: 'U0ADA' } }),
}

/** `answers` is where answers go. */
export function interactions(answers: string) {
  const from = { ...interaction, channel: { id: 'C0LAB', name: 'lab' }, container, response_url: answers }
  const message = { ts: '1.0', thread_ts: '0.9', text: 'Paper' }
  const button = { type: 'button', action_id: 'run:0', block_id: 'b', value: 'paper 2303.13506' }
  return {
    button: { type: 'block_actions', ...from, message, actions: [button] },
    link: { type: 'block_actions', ...from, message, actions: [{ ...button, action_id: 'open:0' }] },
    form: { type: 'block_actions', ...from, message, actions: [{ ...button, action_id: 'follow:open' }] },
    atHome: {
      type: 'block_actions',
      ...interaction,
      container: { type: 'view' },
      view: { ...view, type: 'home' },
      actions: [button],
    },
    options: {
      type: 'block_suggestion',
      ...interaction,
      container: { type: 'view', view_id: 'V0' },
      view,
      action_id: 'complete:follow author:name',
      block_id: 'b',
      value: 'hin',
    },
    sent: { type: 'view_submission', ...interaction, view, response_urls: [] },
    goOn: { type: 'view_submission', ...interaction, view: { ...view, callback_id: 'follow-on' }, response_urls: [] },
    closed: { type: 'view_closed', ...interaction, view, is_cleared: false },
    shortcut: { type: 'shortcut', ...interaction, callback_id: 'search', action_ts: '1.0' },
    message: { type: 'message_action', ...from, message, callback_id: 'lookup', action_ts: '1.0' },
  }
}

/** `answers` is where answers go. */
export function command(answers: string): Record<string, string> {
  return {
    team_id: 'T0LAB',
    team_domain: 'lab',
    channel_id: 'C0LAB',
    channel_name: 'lab',
    user_id: 'U0ADA',
    user_name: 'ada',
    command: '/papers',
    text: 'paper 2303.13506',
    is_enterprise_install: 'false',
    response_url: answers,
    trigger_id: '1.2.a',
  }
}
