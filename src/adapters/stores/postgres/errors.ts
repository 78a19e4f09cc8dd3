// What PostgreSQL's errors, and those of the way to it, mean for the person who runs Paperboy.
import pg from 'pg'
import { ConfigError, PaperboyError, StoreError } from '#core/errors.ts'

type Meaning = readonly [code: string, what: string, hint: string]

const ANOTHER_PROGRAM = ['has tables of another program', 'Set DATABASE_URL to a database of its own.'] as const
/** By the beginnings of codes, https://www.postgresql.org/docs/current/errcodes-appendix.html: the first that fits counts. */
const MEANINGS: readonly Meaning[] = [
  ['25006', 'may not be written to: it is a standby or read-only', 'Set DATABASE_URL to the primary server.'],
  ['40', 'undid a change again and again, because others made theirs', 'Try it again; nothing that was saved is lost.'],
  ['42501', 'refuses the user a right', 'Make the user of DATABASE_URL the owner of the database.'],
  ['53100', 'cannot grow: its disk is full', 'Free some room on the server; nothing that was saved is lost.'],
  ['53300', 'has no connection left', 'Raise max_connections of the server, or run fewer replicas.'],
  ['53', 'lacks memory or room', 'Look into the log of the server.'],
  ['55P03', 'kept a change waiting for another one too long', 'Try it again; nothing that was saved is lost.'],
  ['57014', 'took too long', 'Try it again, and look into what else the server does.'],
  ['57P', 'is being stopped or started', 'Wait until the server is up; Paperboy goes on by itself.'],
  ['58', 'cannot be read or written', 'Look into the log of the server, and check its disk.'],
  ['XX', 'is damaged', 'Look into the log of the server, and put a backup in its place.'],
  ['42P07', ...ANOTHER_PROGRAM],
  ['42703', ...ANOTHER_PROGRAM],
]
/** What DATABASE_URL has to say otherwise. */
const MISTAKES: readonly Meaning[] = [
  [
    '28000',
    'does not let the user in from here',
    'Check the user in DATABASE_URL and pg_hba.conf of the server, which may want encryption: sslmode=verify-full.',
  ],
  ['28', 'refuses the user or the password', 'Check both in DATABASE_URL.'],
  // So says PgBouncer of what a connection is to be like.
  ['08P01', 'does not take the settings of a connection', 'Set DATABASE_URL to the server itself, and to no pooler of sessions.'],
  ['42704', 'does not know what options say', 'Check options in DATABASE_URL, and put a backslash before each space in them.'],
  ['3F000', 'has no schema to use', 'Make the schema that search_path names in DATABASE_URL.'],
  ['3D000', 'does not exist', 'Make it, for instance by createdb, or name another one in DATABASE_URL.'],
]
/** By beginnings too, https://nodejs.org/api/tls.html#x509-certificate-error-codes. */
const CERTIFICATE =
  /^(?:CERT_|CRL_|DEPTH_ZERO_|ERR_SSL_|ERR_TLS_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|SELF_SIGNED_|UNABLE_TO_)/
/** What pg says, which gives it no code. */
const NO_ENCRYPTION = 'The server does not support SSL connections'
/** What its pool says once nothing became free. */
const NONE_FREE = 'timeout exceeded when trying to connect'
const BUSY = 'Look into what keeps the server busy; Paperboy goes on by itself.'
const UNREACHABLE = 'Check that the server runs and that DATABASE_URL names it; Paperboy goes on once it answers.'
/** Another try may succeed: the server undid the whole transaction, for another's sake. */
const PASSING = ['40001', '40P01']

/** Whatever a call of PostgreSQL rejected with, as a StoreError or a ConfigError with a mend; `name` shows no secret. */
export function asStoreError(error: unknown, name: string): PaperboyError {
  if (error instanceof PaperboyError) return error
  const of = `The PostgreSQL database ${name}`
  if (!(error instanceof pg.DatabaseError)) {
    const insecure = insecureBy(error)
    if (insecure !== undefined) return new ConfigError(`${of} ${insecure[0]}.`, { hint: insecure[1], cause: error })
    if (error instanceof Error && error.message === NONE_FREE) {
      return new StoreError(`${of} had no connection free in time.`, { hint: BUSY, cause: error })
    }
    return new StoreError(`${of} cannot be reached.`, { hint: UNREACHABLE, cause: error })
  }
  const mistake = meaningOf(error, MISTAKES)
  if (mistake !== undefined) return new ConfigError(`${of} ${mistake[1]}.`, { hint: mistake[2], cause: error })
  const meaning = meaningOf(error, MEANINGS)
  if (meaning === undefined) return new StoreError(`${of} refused a request.`, { cause: error })
  return new StoreError(`${of} ${meaning[1]}.`, { hint: meaning[2], cause: error })
}

/** Whether the same transaction may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  return error instanceof pg.DatabaseError && PASSING.includes(error.code ?? '')
}

/** Where there is no connection because it would not be safe. */
function insecureBy(error: unknown): readonly [what: string, hint: string] | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.message === NO_ENCRYPTION) {
    return ['does not encrypt connections', 'Set up TLS on the server, or take sslmode out of DATABASE_URL.']
  }
  if (!('code' in error && typeof error.code === 'string' && CERTIFICATE.test(error.code))) return undefined
  return [
    'shows a certificate that is not trusted',
    'Name the file of who issued it by sslrootcert in DATABASE_URL, and the server as the certificate does.',
  ]
}

function meaningOf({ code }: pg.DatabaseError, meanings: readonly Meaning[]): Meaning | undefined {
  return meanings.find(([beginning]) => code?.startsWith(beginning))
}
