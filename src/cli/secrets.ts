// What nobody may read, taken out of whatever is written: the values of secret settings, and what looks like a secret wherever it
// comes from, since those that are asked may send back what they were told.
import { variables } from '#config'

const SECRET_NAME = /TOKEN|SECRET|KEY/
const ADDRESS_NAME = /_URL$/
/** What is shorter may stand in any text. */
const SHORTEST_SECRET = 6
const HIDDEN = '…'
/** Slack's tokens, whichever kind they are of. */
const TOKEN = /\b(?:xox[a-z]|xapp|xwfp)-[A-Za-z0-9-]{1,300}/g
/** What stands before the host of an address: who asks, and their password. */
const CREDENTIALS = /\/\/[^\s/?#"]{1,500}@/g
/** What an address or a form says by a name that is used for secrets. */
const PARAMETER = /((?:^|[?&\s"'])[a-z_.-]{0,40}(?:token|key|secret|signature|sig|auth|pass|password|code)=)[^&#\s"\\]{1,2000}/gi
/** Paths by which anybody may answer in a place: Slack's hooks, Discord's webhooks and interactions. */
const ANSWER_PATH =
  /(\/(?:app|commands|actions|services|triggers|workflows)\/[TE][A-Z0-9]{0,20}\/|\/(?:webhooks|interactions)\/\d{1,20}\/)[^\s"\\?]{1,500}/g

/** The values that Paperboy's own variables have in these settings and nobody may read. */
export function secretsIn(...settings: readonly Readonly<Record<string, unknown>>[]): string[] {
  const values = settings.flatMap((one) => variables.flatMap(({ name }) => secretsOf(name, one[name])))
  return [...new Set(values.filter((value) => value.length >= SHORTEST_SECRET))]
}

/** Takes these secrets out of a text, and what looks like one. */
export function hider(secrets: readonly string[]): (text: string) => string {
  const longestFirst = secrets.flatMap(spellings).sort((a, b) => b.length - a.length)
  return (text) =>
    longestFirst
      .reduce((said, secret) => said.replaceAll(secret, HIDDEN), text)
      .replaceAll(TOKEN, HIDDEN)
      .replaceAll(CREDENTIALS, `//${HIDDEN}@`)
      .replaceAll(PARAMETER, `$1${HIDDEN}`)
      .replaceAll(ANSWER_PATH, `$1${HIDDEN}`)
}

function secretsOf(name: string, value: unknown): string[] {
  if (typeof value !== 'string') return []
  if (SECRET_NAME.test(name)) return [value]
  const password = ADDRESS_NAME.test(name) ? URL.parse(value)?.password : undefined
  return password ? [password] : []
}

/** As it is, and as it stands in JSON and in addresses. */
function spellings(secret: string): string[] {
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), decoded(secret)])]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
