// The environment, read once into a frozen Config; nothing else reads process.env.
import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { ConfigError } from '#core/errors.ts'

const CATEGORY = /^[A-Za-z-]+(\.[A-Za-z-]+)?$/
const DATABASE = /^(?:file:(?!:memory:).|postgres(?:ql)?:\/\/)/
/** A name whose last part is no number: `10.0.0` is a mistake. */
const HOST = /^(?:[a-z0-9_-]{1,63}\.){0,20}(?!\d{1,63}\.?$)[a-z0-9_-]{1,63}\.?$/i
const SNOWFLAKE = /^\d{15,20}$/
const BITS = /^\d{1,3}$/
const REDIRECT_URI = /\/slack\/oauth_redirect$/
const MAY_HOLD_SECRET = /TOKEN|SECRET|KEY|URL/
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** Longer than any digest looks back, and than papers are young. */
const FEWEST_DAYS = 90
const DAYS = `a whole number of days from ${FEWEST_DAYS} on, or 0 for ever`

const port = z.coerce.number('a port from 1 to 65535').int().min(1, 'a port from 1 to 65535').max(65535, 'a port from 1 to 65535')
const httpUrl = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' })
const listed = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)
const categories = listed.pipe(
  z.array(z.string().regex(CATEGORY, 'arXiv categories with commas between them, for instance cs.LG,stat.ML')),
)
const hosts = listed.pipe(
  z.array(z.string().refine(isHostOrRange, 'hosts, addresses or CIDR ranges with commas between them, for instance 10.0.0.0/8')),
)

/** Every variable Paperboy reads, with its rule, its default and what it means; `.env.example` is checked against it. */
const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(DATABASE, 'file: and a path, for instance file:data/paperboy.db, or an address that begins with postgres://')
    .prefault('file:data/paperboy.db')
    .describe('Where everything is kept: a file or, for several processes, postgres://user:password@host:5432/database'),
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith('xoxb-', 'a bot token, which begins with xoxb-')
    .optional()
    .describe("Slack's bot token, for one workspace; others install the bot where the three variables below are set"),
  SLACK_CLIENT_ID: z.string().optional().describe("The Slack app's client id, for installing the bot in many workspaces"),
  SLACK_CLIENT_SECRET: z.string().optional().describe("The Slack app's client secret, which belongs to the client id"),
  SLACK_STATE_SECRET: z
    .string()
    .optional()
    .describe('A long random text of your own; what is sent to Slack and back with an installation is signed with it'),
  SLACK_REDIRECT_URI: httpUrl
    .regex(REDIRECT_URI, 'the public address of the page, which ends in /slack/oauth_redirect')
    .optional()
    .describe("Where Slack sends people back to after an installation; the first of the app's redirect URLs where it is not set"),
  SLACK_AUTHORIZE_URL: httpUrl.optional().describe("Where people allow an installation, where it is not Slack's own page"),
  SLACK_SIGNING_SECRET: z.string().optional().describe('What Slack signs its requests with, where they come over HTTP'),
  SLACK_MODE: z
    .enum(['http', 'socket'], 'http or socket')
    .prefault('http')
    .describe(
      "How Slack's requests come: http to SLACK_PORT, or socket, which needs no public address and is meant where SLACK_APP_TOKEN is set and SLACK_SIGNING_SECRET is not",
    ),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', 'an app-level token, which begins with xapp-')
    .optional()
    .describe("Slack's app-level token, for SLACK_MODE=socket"),
  SLACK_PORT: port.prefault('3000').describe("The port that Slack's requests come to, at /slack/events"),
  SLACK_API_URL: httpUrl.optional().describe("Slack's Web API, where it is not Slack's own"),
  DISCORD_TOKEN: z.string().optional().describe("Discord's bot token"),
  DISCORD_APP_ID: z
    .string()
    .regex(SNOWFLAKE, "the application's id, which is all digits")
    .optional()
    .describe("Discord's application id; needed with DISCORD_TOKEN"),
  DISCORD_GUILD_ID: z
    .string()
    .regex(SNOWFLAKE, "a server's id, which is all digits")
    .optional()
    .describe('One Discord server to register the commands in while you develop; every server otherwise'),
  DISCORD_API_URL: httpUrl.optional().describe("Discord's API, where it is not Discord's own"),
  HOST: z.string().prefault('127.0.0.1').describe('The address the HTTP servers listen on'),
  PORT: port.prefault('8080').describe('The port of /healthz, /readyz and /metrics'),
  ARXIV_RSS_URL: httpUrl.prefault('https://rss.arxiv.org').describe('Where arXiv announces new papers'),
  ARXIV_API_URL: httpUrl.prefault('https://export.arxiv.org').describe('Where arXiv is asked for papers by id, author and words'),
  ARXIV_OAI_URL: httpUrl
    .prefault('https://oaipmh.arxiv.org')
    .describe('Where arXiv lists all that changed in some days, for what was missed'),
  OPENALEX_API_URL: httpUrl.prefault('https://api.openalex.org').describe('Where affiliations and citations come from'),
  OPENALEX_API_KEY: z.string().optional().describe('A key for OpenAlex, which is free; without one it is asked for less'),
  SEMANTIC_SCHOLAR_API_URL: httpUrl
    .prefault('https://api.semanticscholar.org')
    .describe('Where citations and summaries in a sentence come from'),
  SEMANTIC_SCHOLAR_API_KEY: z.string().optional().describe('A key for Semantic Scholar, which is asked more slowly without one'),
  HUGGING_FACE_API_URL: httpUrl.prefault('https://huggingface.co').describe('Where upvotes come from'),
  BIORXIV_API_URL: httpUrl.prefault('https://api.biorxiv.org').describe('Where papers of bioRxiv and medRxiv are looked up'),
  CROSSREF_API_URL: httpUrl.prefault('https://api.crossref.org').describe('Where other papers are looked up by their DOI'),
  CONTACT_EMAIL: z
    .email('an e-mail address')
    .optional()
    .describe('Told to the sources with every request, so that they can reach you before they block you'),
  WATCH_CATEGORIES: categories
    .prefault('')
    .describe('arXiv categories to read, for instance cs.LG,cs.CL,stat.ML; followed categories are added by themselves'),
  WATCH_CRON: z.string().prefault('*/20 * * * *').describe('How often feeds are looked at, as a cron expression'),
  FETCH_ALLOW_HOSTS: hosts
    .prefault('')
    .describe(
      'Hosts, addresses and CIDR ranges, with commas between them, that feeds may be read from at any port though they are not public',
    ),
  RETENTION_DAYS: z.coerce
    .number(DAYS)
    .int(DAYS)
    .refine((days) => days === 0 || days >= FEWEST_DAYS, DAYS)
    .prefault('400')
    .describe(
      `How many days posted messages, matches and what feeds brought are kept, at least ${FEWEST_DAYS}; 0 keeps them for ever. What was posted is never posted again all the same`,
    ),
  TEMPLATES_DIR: z
    .string()
    .optional()
    .describe('A folder with templates of your own; a file there replaces the one of the same name in templates/'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`)
    .prefault('info')
    .describe('How much is logged'),
})

/** What lets further workspaces install the bot, which they can where all of it is set. */
const OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const

/** What goes only together. */
const configSchema = environmentSchema.superRefine((config, { addIssue }) => {
  if (config.DISCORD_TOKEN !== undefined && config.DISCORD_APP_ID === undefined) {
    addIssue({ code: 'custom', path: ['DISCORD_APP_ID'], message: 'set where DISCORD_TOKEN is' })
  }
  const missing = OAUTH.filter((name) => config[name] === undefined)
  const given = config.SLACK_BOT_TOKEN === undefined ? OAUTH.find((name) => config[name] !== undefined) : 'SLACK_BOT_TOKEN'
  if (given === undefined) return
  // With a bot token the app serves its workspace, and whatever else of the app is set does no harm.
  if (given !== 'SLACK_BOT_TOKEN') {
    for (const name of missing) {
      addIssue({ code: 'custom', path: [name], message: `set where ${given} is and SLACK_BOT_TOKEN is not` })
    }
  }
  const [needed, mode] =
    config.SLACK_MODE === 'socket' ? (['SLACK_APP_TOKEN', 'socket'] as const) : (['SLACK_SIGNING_SECRET', 'http'] as const)
  if (config[needed] === undefined) {
    const other = mode === 'http' ? ', or SLACK_APP_TOKEN for Socket Mode' : ''
    addIssue({ code: 'custom', path: [needed], message: `set where ${given} is and SLACK_MODE is ${mode}${other}` })
  }
})

export type Config = Readonly<z.infer<typeof environmentSchema>>

/** For documents: each variable's name, its default as it would be written ('' where there is none) and what it means. */
export const variables: readonly { name: string; default: string; about: string }[] = Object.entries(environmentSchema.shape).map(
  ([name, rule]) => ({
    name,
    default: 'defaultValue' in rule.def ? String(rule.def.defaultValue) : '',
    about: rule.description ?? '',
  }),
)

/** What is wrong with a variable, as a sentence that shows no secret. */
export interface Problem {
  readonly name: string
  readonly text: string
}

/**
 * Reads an environment. `NAME_FILE` names a file that holds the value of `NAME`; an empty value counts as none.
 * Throws one ConfigError that lists everything to mend.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { config, problems } = examineEnvironment(environment)
  if (problems.length === 0) return config
  throw new ConfigError(['The configuration has to be mended:', ...problems.map(({ text }) => text)].join('\n- '), {
    hint: 'Set the variables in the environment or in the file .env; .env.example lists them all.',
  })
}

/** Everything that has to be mended, and the config that is left where what is wrong counts as not set. */
export function examineEnvironment(environment: Readonly<Record<string, string | undefined>>): {
  readonly config: Config
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const given = Object.fromEntries(
    variables.map(({ name }) => [name, environment[name] || valueFromFile(name, environment[`${name}_FILE`], problems)]),
  )
  if (!given.SLACK_MODE && given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) given.SLACK_MODE = 'socket'
  const parsed = configSchema.safeParse(given)
  if (parsed.success) return { config: Object.freeze(parsed.data), problems }
  const { issues } = parsed.error
  for (const issue of issues) {
    const name = String(issue.path[0])
    const shown = given[name] === undefined ? 'missing' : MAY_HOLD_SECRET.test(name) ? 'wrong' : JSON.stringify(given[name])
    problems.push({ name, text: `${name} is ${shown}; it has to be ${issue.message}.` })
  }
  const wrong = new Set(issues.map(({ path }) => String(path[0])))
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)))
  return { config: Object.freeze(environmentSchema.parse(right)), problems }
}

/** The process's environment over the file `.env` of the current folder, where there is one. Throws ConfigError where that cannot be read. */
export function processEnvironment(): Record<string, string | undefined> {
  return { ...fromFile(), ...process.env }
}

function fromFile(): NodeJS.Dict<string> {
  if (!existsSync('.env')) return {}
  try {
    return parseEnv(readFileSync('.env', 'utf8'))
  } catch (cause) {
    throw new ConfigError('The file .env cannot be read.', {
      hint: 'Give Paperboy the right to read it, or move it away.',
      cause,
    })
  }
}

function isHostOrRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (bits === undefined) return family !== 0 || HOST.test(address)
  return family !== 0 && more.length === 0 && BITS.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

function valueFromFile(name: string, file: string | undefined, problems: Problem[]): string | undefined {
  if (!file) return undefined
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch {
    problems.push({ name, text: `${name}_FILE names ${JSON.stringify(file)}, which cannot be read.` })
    return undefined
  }
}
