// The two pages of an installation: /slack/install sends people on to Slack, which sends them back to /slack/oauth_redirect.
// @slack/oauth signs the state, compares it with the browser's cookie and exchanges the code; what people read is ours.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { webApi } from '@slack/bolt'
import { type CallbackOptions, ErrorCode, type Installation as Granted, InstallProvider } from '@slack/oauth'
import { silentLogger } from '#adapters/chat/slack/bolt-logger.ts'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import { clientOf, clientOptions } from '#adapters/chat/slack/workspaces.ts'
import type { Installation } from '#core/ports/installation-store.ts'
import type { Log } from '#core/ports/log.ts'
import { visible } from '#core/text/visible.ts'
import { htmlOf, PAGE_HEADERS, type Page } from './pages.ts'

const INSTALL_PATH = '/slack/install'
const REDIRECT_PATH = '/slack/oauth_redirect'

export const WORKSPACE_BY_WORKSPACE =
  'Paperboy cannot be installed for a whole organisation. Install it in each workspace that is to have it.'

/** What of a request is not as it left us: the page is begun anew. */
const FORGED = new Set<string>([
  ErrorCode.MissingStateError,
  ErrorCode.InvalidStateError,
  ErrorCode.MissingCodeError,
  'ERR_INVALID_URL',
])
/** What Slack says of a code that it did not give, or gave long ago. */
const WRONG_CODES = new Set(['invalid_code', 'code_already_used', 'code_expired'])

/** What the app is known by to Slack, and where people go; Slack's own addresses where undefined. */
export interface OAuth {
  readonly clientId: string
  readonly clientSecret: string
  readonly stateSecret: string
  readonly redirectUri?: string
  readonly authorizeUrl?: string
}

export interface InstallOptions extends OAuth {
  readonly apiUrl: string | undefined
  /** Keeps it; rejects where it could not be kept. */
  readonly installed: (installation: Installation) => Promise<void>
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Answers a browser's request for one of the pages; false, with nothing done, where it is for none of them. Never rejects. */
export type InstallPages = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

export function installPages(options: InstallOptions): InstallPages {
  const { clientId, clientSecret, stateSecret, redirectUri, authorizeUrl, log } = options
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    stateSecret,
    directInstall: true,
    clientOptions: clientOptions(options),
    logger: silentLogger,
    ...(authorizeUrl !== undefined && { authorizationUrl: authorizeUrl }),
  })
  const asked = { scopes: SCOPES.map(({ scope }) => scope), ...(redirectUri !== undefined && { redirectUri }) }
  const callback: CallbackOptions = {
    async afterInstallation(granted, _asked, _request, response) {
      show(response, await pageFor(granted, options))
      return false
    },
    failure(error, _asked, _request, response) {
      const page = failurePage(error)
      log[page.status >= 500 ? 'error' : 'info']('slack installation failed', { status: page.status, error })
      show(response, page)
    },
  }
  return async (request, response) => {
    const path = request.url?.split('?')[0]
    if (request.method !== 'GET' || (path !== INSTALL_PATH && path !== REDIRECT_PATH)) return false
    try {
      if (path === INSTALL_PATH) await provider.handleInstallPath(request, response, {}, asked)
      else await provider.handleCallback(request, response, callback)
    } catch (error) {
      log.error('slack installation failed', { error })
      show(response, OUR_FAULT)
    }
    return true
  }
}

/** Where an installation begins, as seen from outside; undefined where that is not known. */
export function installPageOf({ redirectUri }: OAuth): string | undefined {
  return redirectUri === undefined ? undefined : new URL('install', redirectUri).href
}

/** Keeps what was granted, where it can be used. */
async function pageFor(granted: Granted, { installed, apiUrl, now, log }: InstallOptions): Promise<Page> {
  const { team, bot, user, isEnterpriseInstall } = granted
  if (isEnterpriseInstall || !team || !bot || bot.refreshToken !== undefined) {
    log.warn('slack installation refused', {
      organisation: isEnterpriseInstall === true,
      rotated: bot?.refreshToken !== undefined,
    })
    // What cannot be used is given back, so that Slack does not show it as installed.
    if (bot)
      await clientOf(bot.token, { apiUrl })
        .auth.revoke()
        .catch((error: unknown) => log.warn('slack token not given back', { error }))
    return isEnterpriseInstall ? ORGANISATION : ROTATED
  }
  const name = visible(team.name ?? '').trim() || team.id
  await installed({
    platform: 'slack',
    workspace: team.id,
    name,
    token: bot.token,
    botUser: bot.userId,
    scopes: bot.scopes,
    by: user.id,
    at: now().toString(),
  })
  log.info('slack workspace installed', { workspace: team.id })
  return {
    status: 200,
    title: `Paperboy is in ${name}`,
    sentences: ['Invite it into a channel with /invite @Paperboy, and type /papers help there.'],
    link: { label: 'Open Slack', url: `https://app.slack.com/client/${encodeURIComponent(team.id)}` },
  }
}

const AGAIN = { label: 'Begin again', url: 'install' }

const ORGANISATION: Page = { status: 400, title: 'One workspace at a time', sentences: [WORKSPACE_BY_WORKSPACE], link: AGAIN }

const ROTATED: Page = {
  status: 500,
  title: 'The app is not set up right',
  sentences: [
    'Slack did not grant a lasting bot token. Whoever runs Paperboy has to turn token rotation off in the settings of the Slack app.',
  ],
}

const OUR_FAULT: Page = {
  status: 500,
  title: 'Something went wrong here',
  sentences: [
    'Paperboy is not installed. Begin again in a moment; if it stays so, whoever runs Paperboy finds the reason in its log.',
  ],
  link: AGAIN,
}

function failurePage(error: Error & { readonly code: string }): Page {
  if (error.code === ErrorCode.AuthorizationError) {
    return { status: 403, title: 'Paperboy is not installed', sentences: ['It was not allowed into the workspace.'], link: AGAIN }
  }
  if (FORGED.has(error.code) || (error instanceof webApi.WebAPIPlatformError && WRONG_CODES.has(error.data.error))) {
    const why =
      'This page belongs to an installation that was begun in another browser, more than ten minutes ago, or not at all.'
    return { status: 400, title: 'Paperboy is not installed', sentences: [why], link: AGAIN }
  }
  return OUR_FAULT
}

function show(response: ServerResponse, page: Page): void {
  if (!response.headersSent) response.writeHead(page.status, PAGE_HEADERS).end(htmlOf(page))
}
