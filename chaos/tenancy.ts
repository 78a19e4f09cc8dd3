// Workspaces whose channels and people have the same ids, each with a word of its own in all that it says: nothing that one of
// them is answered, posted or given may hold another's word.
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { createCitations } from '#adapters/citations.ts'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { TABLES } from '#adapters/stores/sql/tables.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { createTemplates } from '#adapters/templates.ts'
import type { Context } from '#core/commands/command.ts'
import { completeOption } from '#core/commands/complete.ts'
import { dispatch } from '#core/commands/dispatch.ts'
import { homeOf } from '#core/commands/home.ts'
import type { Delivery } from '#core/delivery.ts'
import { createFinder } from '#core/finder.ts'
import { exportSettings } from '#core/moving/export-settings.ts'
import type { PaperId } from '#core/paper-id.ts'
import { createPapers } from '#core/papers.ts'
import type { Platform } from '#core/ports/platform.ts'
import { createDigests } from '#digests/digests.ts'
import { createPosting } from '#digests/test-post.ts'
import { tick } from '#digests/tick.ts'
import { dependenciesOf, handClock, inFolder, silent } from './world.ts'

const CHANNELS = 3
const PEOPLE = 3
const TOPICS = ['moths', 'lamps', 'glaciers', 'ferns']
const AUTHORS = ['Ada Lovelace', 'Jun Li', 'Grace Hopper']
/** A day goes by every so many commands. */
const COMMANDS_A_DAY = 1000
const PAPERS_A_DAY = 3

export interface Tenancy {
  readonly workspaces: number
  readonly commands: number
  readonly random: () => number
}

export interface Leaks {
  readonly answered: number
  readonly posted: number
  /** Where another's word was seen, or another's row was lost, a sentence each. */
  readonly leaks: readonly string[]
}

function wordOf(workspace: number): string {
  return `kanarie${String.fromCharCode(97 + workspace)}zz`
}

/** Asks, ticks and completes in random order; at half time and in the end one workspace is erased. */
export function runTenancy({ workspaces, commands, random }: Tenancy): Promise<Leaks> {
  return inFolder(async (folder) => {
    const path = join(folder, 'paperboy.db')
    const clock = handClock('2026-11-16T06:00:00Z')
    const store = await openSqliteStore(path)
    const index = await openPaperIndex({ path: join(folder, 'index.db'), store })
    const words = Array.from({ length: workspaces }, (_, at) => wordOf(at))
    const leaks: string[] = []
    let [papers, posted, answered] = [0, 0, 0]
    const below = (many: number) => Math.floor(random() * many)
    const oneOf = <T>(of: readonly T[]) => of[below(of.length)] as T

    function check(workspace: number, what: string, said: unknown): void {
      const text = JSON.stringify(said)?.toLowerCase() ?? ''
      const seen = words.filter((word, at) => at !== workspace && text.includes(word))
      if (seen.length > 0) leaks.push(`${words[workspace]} saw ${seen.join(', ')} by ${what}`)
    }

    const platform: Platform = {
      name: 'slack',
      async post(delivery: Delivery) {
        posted++
        check(words.indexOf(delivery.destination.workspace), `a ${delivery.kind}`, delivery.blocks)
        return `ref-${delivery.id}`
      },
      lookUp: async () => 'absent',
      edit: async ({ destination, blocks }) => check(words.indexOf(destination.workspace), 'an edit', blocks),
      permalink: ({ workspace }, ref) => `https://${workspace}.chat.example/${ref}`,
    }
    const found = createPapers({ store, index, clock })
    const finder = createFinder({
      papers: found,
      store,
      index,
      clock,
      log: silent,
      catalogues: async () => [],
      deadline: () => new AbortController().signal,
    })
    const posting = createPosting({ store, clock, log: silent, platforms: [platform] })
    const parts = { papers: found, finder, store, index, clock, posting, log: silent }
    const bot = {
      ...parts,
      templates: createTemplates({ alone: true }),
      citations: createCitations(),
      digests: createDigests({ store }),
    }

    function contextOf(workspace: number): Context {
      const word = words[workspace] as string
      const place = { platform: 'slack', workspace: word } as const
      const person = below(PEOPLE)
      return {
        ...bot,
        feeds: { look: async (url) => ({ url, title: `Notes of ${word}`, records: [], skipped: 0 }) },
        destination: { ...place, channel: `C${below(CHANNELS)}` },
        person: { id: `U${person}`, name: `${person} of ${word}` },
        direct: async () => ({ ...place, channel: `D${person}` }),
        zone: 'Europe/Berlin',
        confirm: 'save',
      }
    }

    /** Each workspace saves papers of its own, so that a list tells whose it is. */
    const ownPaper = (workspace: number) =>
      `2611.${String(workspace + workspaces * below(Math.max(1, papers / workspaces))).padStart(5, '0')}`

    function lineFor(workspace: number): string {
      const [word, place] = [words[workspace], oneOf(['', '', ' --for me'])]
      const paper = ownPaper(workspace)
      const lines = [
        () => `follow topic ${word} OR ${oneOf(TOPICS)}${place}`,
        () => `follow topic "${oneOf(TOPICS)}" --cadence ${oneOf(['now', 'digest', 'both'])}${place}`,
        () => `follow author ${oneOf(AUTHORS)}${place}`,
        () => `follow feed https://${word}.example/${below(4)}${place}`,
        () => `following${place}`,
        () => `unfollow ${oneOf(['1', '2', word, 'all --confirm yes'])}${place}`,
        () => `cadence ${oneOf(['1', 'all'])} ${oneOf(['now', 'digest', 'both'])}${place}`,
        () => `digest ${oneOf(['daily', 'weekly', 'show', 'preview', 'now', 'off'])}${place}`,
        () => oneOf(['pause', 'resume', 'resume', 'quiet weekend', 'quiet off', 'alerts thread', 'alerts flat', 'test']),
        () => `catchup ${oneOf(['', '2 weeks'])}`,
        () => `why ${paper}`,
        () => `vote ${paper}`,
        () => `them ${paper} yes`,
        () => `save ${paper}`,
        () => `unsave ${paper}`,
        () => oneOf(['saved', 'export bibtex', 'export csl']),
        () => `search ${oneOf([...TOPICS, word as string])}`,
        () => `${oneOf(['author', 'lookup'])} ${oneOf(AUTHORS)}`,
        () => `${oneOf(['paper', 'related'])} ${paper}`,
        () => oneOf(['trending', 'help', 'permissions everyone']),
      ]
      return oneOf(lines)()
    }

    async function ask(workspace: number): Promise<void> {
      const context = contextOf(workspace)
      if (random() < 0.1) {
        const option = oneOf([
          { path: ['unfollow'], option: 'target' },
          { path: ['cadence'], option: 'target' },
          { path: ['follow', 'author'], option: 'name' },
        ])
        check(workspace, 'completion', await completeOption(option, oneOf(['', 'k', 'kanarie', 'A']), context))
        return
      }
      if (random() < 0.02) return check(workspace, 'its home', await homeOf([context.destination], context))
      const line = lineFor(workspace)
      const answer = await dispatch({ line }, context)
      check(workspace, line, answer)
      if (!answer.ok || line !== 'saved') return
      const others = answer.reply.blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.ids[0]] : []))
      const isOthers = (id: PaperId) => Number(id.slice(-5)) % workspaces !== workspace
      if (others.some(isOthers)) leaks.push(`${words[workspace]} saw what another saved`)
    }

    async function passDay(): Promise<void> {
      const records = Array.from({ length: PAPERS_A_DAY }, () => ({
        source: 'arxiv-rss' as const,
        ids: [`arxiv:2611.${String(papers++).padStart(5, '0')}`] as unknown as readonly [PaperId],
        title: `On ${oneOf(TOPICS)} and ${oneOf(TOPICS)}`,
        authors: [{ name: oneOf(AUTHORS) }],
        published: clock.now().toString().slice(0, 10),
        categories: ['cs.LG'],
      }))
      await store.papers.put(records, clock.now().toString())
      await index.catchUp()
      for (const hours of [6, 18]) await tick(dependenciesOf(store, clock, platform), clock.pass({ hours }))
      for (const [at, workspace] of words.entries()) {
        check(at, 'settings export', await exportSettings(store, clock.now(), { platform: 'slack', workspace }))
      }
    }

    /** Others stay as they were, row by row, and nothing is left of it. */
    async function eraseOne(gone: number): Promise<void> {
      const word = words[gone] as string
      const before = rowsWith(path, words, NEEDED)
      await store.erasure.erase({ platform: 'slack', workspace: word })
      const after = rowsWith(path, words)
      const left = after.find((row) => row.includes(word))
      if (left !== undefined) leaks.push(`${word} was erased, and this is left: ${left}`)
      const lost = before.find((row) => !row.includes(word) && !after.includes(row))
      if (lost !== undefined) leaks.push(`${word} was erased, and with it this: ${lost}`)
    }

    try {
      await passDay()
      for (; answered < commands; answered++) {
        if (answered % COMMANDS_A_DAY === COMMANDS_A_DAY - 1) await passDay()
        if (answered === Math.floor(commands / 2)) await eraseOne(below(workspaces))
        await ask(below(workspaces))
      }
      await passDay()
      await eraseOne(below(workspaces))
      return { answered, posted, leaks }
    } finally {
      await index.close()
      await store.close()
    }
  }, 'memory')
}

/** Rows of these tables are needed only as long as something else speaks of them. */
const FOLLOWED = 'WHERE feed IN (SELECT substr(target_key, 6) FROM subscriptions)'
const NEEDED: Readonly<Record<string, string>> = {
  messages: 'WHERE hash IN (SELECT message FROM deliveries UNION SELECT message FROM edits)',
  slots: 'WHERE schedule IN (SELECT id FROM schedules)',
  verdicts: 'WHERE subscription IN (SELECT id FROM subscriptions)',
  feeds: FOLLOWED,
  readings: FOLLOWED,
  offers: FOLLOWED,
}

/** All rows of the file that carry any of the words; of some tables those that a condition selects. */
function rowsWith(path: string, words: readonly string[], which: Readonly<Record<string, string>> = {}): string[] {
  const connection = new SQLite(path, { readonly: true })
  try {
    const rows = Object.keys(TABLES).flatMap((table) =>
      connection
        .prepare(`SELECT * FROM ${table} ${which[table] ?? ''}`)
        .all()
        .map((row) => JSON.stringify([table, row])),
    )
    return rows.filter((row) => words.some((word) => row.includes(word)))
  } finally {
    connection.close()
  }
}
