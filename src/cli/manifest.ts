// `paperboy manifest`: the Slack app to paste, for Socket Mode or with the address by which Slack reaches Paperboy.
import { readFileSync } from 'node:fs'
import { UserInputError } from '#core/errors.ts'
import { print } from './out.ts'

const FILE = new URL('../../manifest.yaml', import.meta.url)
const EXAMPLE = 'https://paperboy.example.org'
const COMMENTS = /^#.*\n/gm
/** What names an address: a line, or a list below its name. */
const ADDRESSES = /^ *(?:(?:url|request_url|message_menu_options_url): .*|redirect_urls:(?:\n +- .*)+)\n/gm
const SOCKET_MODE = 'socket_mode_enabled: '
const OUR_PATH = /(?:\/slack\/(?:events|install|oauth_redirect))?\/{0,9}$/

/** Prints it; without an address that is for Socket Mode. An address that Slack would not take is a UserInputError. */
export function manifestCall({ url }: { readonly url?: string }): number {
  const manifest = readFileSync(FILE, 'utf8')
  print((url === undefined ? forSocketMode(manifest) : forAddress(manifest, url)).trimEnd())
  return 0
}

/** The manifest without what only requests over HTTP need. */
export function forSocketMode(manifest: string): string {
  return manifest.replace(COMMENTS, '').replace(ADDRESSES, '').replace(`${SOCKET_MODE}false`, `${SOCKET_MODE}true`)
}

/** The manifest with this address in the place of the example. Throws UserInputError where it is none that Slack would take. */
export function forAddress(manifest: string, text: string): string {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new UserInputError(`“${text}” is no address that Slack could reach Paperboy by.`, {
      hint: 'It begins with https://, for instance: paperboy manifest --url https://papers.example.org',
    })
  }
  return manifest.replace(COMMENTS, '').replaceAll(EXAMPLE, url.href.replace(OUR_PATH, ''))
}
