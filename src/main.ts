// The command line: says which calls there are, reads what was typed, and hands over to one file of cli/ a call.
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { failed, warned } from './cli/failed.ts'
import { outliveReaders } from './cli/out.ts'

/**
 * Runs one call and answers the exit code: 0 for done, 2 for a wrong command, 1 for anything else that failed.
 * `argv` is without node and script.
 */
export async function main(argv: readonly string[]): Promise<number> {
  outliveReaders()
  endOnFailure()
  let code = 0
  const program = commandLine((result) => {
    code = result
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return failed(error)
  }
}

/** Node's own words for what nobody caught, and for what it warns of, would show all that the error knows. */
function endOnFailure(): void {
  let isEnding = false
  process.on('uncaughtException', (error) => {
    if (isEnding) return
    isEnding = true
    failed(error).then(process.exit, () => process.exit(1))
  })
  process.removeAllListeners('warning').on('warning', warned)
}

function commandLine(finish: (code: number) => void): Command {
  const program = new Command('paperboy')
    .description('Brings new papers to where a reading group talks.')
    .exitOverride()
    .showHelpAfterError('(paperboy --help lists what there is)')
    .action(async () => finish(await serveOrChat()))

  program
    .command('serve')
    .description('the platforms, the scheduler, /healthz, /readyz and /metrics')
    .action(async () => finish(await (await import('./cli/serve.ts')).serveCall()))

  program
    .command('chat')
    .description('the terminal: type commands, or pipe them in')
    .option('--at <instant>', 'set the clock', instant)
    .action(async (options) => finish(await (await import('./cli/chat.ts')).chatCall(options)))

  program
    .command('ask')
    .description('one command, one answer')
    .argument('<command...>', 'for instance "search grokking"')
    .option('--json', 'one JSON object on standard output')
    .option('--at <instant>', 'set the clock', instant)
    .action(async (words: string[], options) => finish(await (await import('./cli/ask.ts')).askCall(words.join(' '), options)))

  program
    .command('tick')
    .description('one pass of watching, digests and deliveries')
    .option('--json', 'one JSON object on standard output')
    .option('--at <instant>', 'set the clock', instant)
    .action(async (options) => finish(await (await import('./cli/tick.ts')).tickCall(options)))

  program
    .command('import')
    .description('papers from arXiv Atom, RSS, OAI-PMH, NDJSON or BibTeX files')
    .argument('[file...]')
    .option('--sample', 'the bundled papers')
    .option('--json', 'one JSON object on standard output')
    .option('--at <instant>', 'the moment the papers count as first seen', instant)
    .action(async (files: string[], options) => finish(await (await import('./cli/import.ts')).importCall(files, options)))

  program
    .command('digest')
    .description("what a channel's next digest would say; posts nothing")
    .requiredOption('--channel <channel>', 'the channel: terminal')
    .option('--template <name or file>', "a template to try out; the channel's own unless given")
    .option('--dry-run', 'the default: nothing is posted')
    .option('--at <instant>', 'set the clock', instant)
    .action(async (options) => finish(await (await import('./cli/digest.ts')).digestCall(options)))

  const deliveries = program
    .command('deliveries')
    .description('what waits, is unclear or could not be posted; the latest first')
    .option('--state <states>', 'pending, sending, uncertain, dead, sent, cancelled or all; several with commas')
    .option('--limit <count>', 'how many at most', count)
    .option('--json', 'one JSON object on standard output')
    .option('--at <instant>', 'set the clock', instant)
    .action(async (options) => finish(await (await import('./cli/deliveries.ts')).deliveriesCall(options)))
  deliveries
    .command('retry')
    .description('try one again, or all that are dead or uncertain')
    .argument('<id|all>')
    .action(async (which: string) => finish(await (await import('./cli/deliveries.ts')).retryCall(which, deliveries.opts())))
  deliveries
    .command('drop')
    .description('give one up for good')
    .argument('<id>')
    .action(async (which: string) => finish(await (await import('./cli/deliveries.ts')).dropCall(which, deliveries.opts())))

  program
    .command('manifest')
    .description('the Slack app to paste: for Socket Mode, or with your address filled in')
    .option('--url <address>', 'the public address of this Paperboy, for instance https://papers.example.org')
    .action(async (options) => finish((await import('./cli/manifest.ts')).manifestCall(options)))

  program
    .command('doctor')
    .description('looks at everything Paperboy needs, and says how to mend what is not in order')
    .option('--json', 'one JSON object on standard output')
    .action(async (options) => finish(await (await import('./cli/doctor.ts')).doctorCall(options)))

  program
    .command('backup')
    .description('a consistent copy of the data, while Paperboy runs')
    .argument('<file>')
    .action(async (file: string) => finish(await (await import('./cli/backup.ts')).backupCall(file)))

  const settings = program.command('settings').description('who follows what, digests and channels, to a file and from one')
  settings
    .command('export')
    .description('writes them to a new file, without any token')
    .argument('<file>')
    .option('--workspace <place>', 'of one workspace alone, for instance slack:T1')
    .action(async (file: string, options) => finish(await (await import('./cli/settings.ts')).exportSettingsCall(file, options)))
  settings
    .command('apply')
    .description('makes each place that the file names as the file says')
    .argument('<file>')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--map <from=to...>', 'where a place leads: slack:T1/C1=discord:G1/C9, or slack:T1=slack:T2')
    .action(async (file: string, options) => finish(await (await import('./cli/settings.ts')).applySettingsCall(file, options)))

  program
    .command('copy')
    .description('everything into an empty store, say from a file to PostgreSQL; all or nothing, with Paperboy stopped')
    .argument('<from>', 'for instance file:data/paperboy.db')
    .argument('<to>', 'for instance postgres://paperboy:password@localhost:5432/paperboy')
    .action(async (from: string, to: string) => finish(await (await import('./cli/copy.ts')).copyCall(from, to)))

  program
    .command('forget')
    .description('shows what is kept of a workspace or a person, and erases it with --yes')
    .argument('<platform>', 'slack, discord or terminal')
    .argument('<workspace>', "the platform's own id of it")
    .option('--person <id>', 'one person of it alone')
    .option('--yes', 'erase it now')
    .option('--json', 'one JSON object on standard output')
    .action(async (platform: string, workspace: string, options) =>
      finish(await (await import('./cli/forget.ts')).forgetCall(platform, workspace, options)),
    )

  return program
}

/** Serves the platforms that have tokens; with none, opens the terminal. */
async function serveOrChat(): Promise<number> {
  const { processEnvironment, readConfig } = await import('#config')
  const { hasPlatform } = await import('./cli/platforms.ts')
  if (hasPlatform(readConfig(processEnvironment()))) return (await import('./cli/serve.ts')).serveCall()
  return (await import('./cli/chat.ts')).chatCall({})
}

function instant(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new InvalidArgumentError('It has to be an instant, for instance 2026-11-22T09:00:00Z.')
  }
}

function count(text: string): number {
  const many = Number(text)
  if (Number.isSafeInteger(many) && many > 0) return many
  throw new InvalidArgumentError('It has to be a whole number from 1 on.')
}
