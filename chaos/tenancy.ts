// Workspaces whose channels and people have the same ids, each with a word of its own in all that it says: nothing that one of
// them is answered, posted or given may hold another's word, and all of it is what it would be if nobody else were there.
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
import { DeliveryError } from '#core/errors.ts'
import { createFinder } from '#core/finder.ts'
import { exportSettings } from '#core/moving/export-settings.ts'
import type { PaperId } from '#core/paper-id.ts'
import { createPapers } from '#core/papers.ts'
import type { Platform } from '#core/ports/platform.ts'
import { createDigests } from '#digests/digests.ts'
import { createPosting } from '#digests/test-post.ts'
import { tick } from '#digests/tick.ts'
import { type Asked, type Step, scriptOf } from './tenant-script.ts'
import { dependenciesOf, handClock, inFolder, silent } from './world.ts'

export interface Tenancy {
  readonly workspaces: number
  readonly commands: number
  readonly random: () => number
}

export interface Leaks {
  readonly answered: number
  readonly posted: number
  /** Where another's word was seen, or another's row was lost or made a difference, a sentence each. */
  readonly leaks: readonly string[]
}

/** What the others did makes no difference to so many. */
const WITNESSES = 2
/** Steps that concern the workspace alone. */
const ITS_OWN: readonly Step['kind'][] = ['ask', 'door']
/** How far a category was read is the same for all, whoever follows it. */
const WATCHED = ['cs.LG']
/** Letters of an answer that was another one. */
const SHOWN = 120
/** Votes count for all where one workspace alone votes: there are always several that do. */
const VOTERS = ['first', 'second']

function wordOf(workspace: number): string {
  return `kanarie${String.fromCharCode(97 + workspace)}zz`
}

/** Asks, ticks and completes in random order; then lets a few ask the same alone. */
export async function runTenancy({ workspaces, commands, random }: Tenancy): Promise<Leaks> {
  const words = Array.from({ length: workspaces }, (_, at) => wordOf(at))
  const script = scriptOf({ words, commands, random })
  const together = await play(script, words)
  const leaks = [...together.leaks]
  for (let witness = 0; witness < Math.min(WITNESSES, workspaces); witness++) {
    // What is known of feeds that nobody follows any more goes with whoever is erased: it is nobody's.
    const isTheirs = ({ kind, ...step }: Step) => !ITS_OWN.includes(kind) || ('workspace' in step && step.workspace === witness)
    const alone = await play(script.filter(isTheirs), words)
    const [before, after] = [alone.heard[witness] ?? [], together.heard[witness] ?? []]
    const at = before.findIndex((said, nth) => said !== after[nth])
    if (at >= 0) leaks.push(`${words[witness]} ${difference(before[at], after[at])}`)
    else if (before.length !== after.length)
      leaks.push(`${words[witness]} heard ${after.length - before.length} more among others`)
  }
  const answered = script.filter(({ kind }) => kind === 'ask').length
  return { answered, posted: together.posted, leaks }
}

/** Where two texts part. */
function difference(alone = 'nothing', among = 'nothing'): string {
  const from = Math.max(0, [...alone].findIndex((letter, at) => letter !== among[at]) - SHOWN / 2)
  const shown = (text: string) => `${text.slice(0, SHOWN)} … ${text.slice(from, from + SHOWN)}`
  return `alone: ${shown(alone)}\n    among others: ${shown(among)}`
}

interface Played {
  readonly posted: number
  readonly leaks: readonly string[]
  /** What each witness was answered and posted, in order; of a day's posts, in the order of channels. */
  readonly heard: readonly (readonly string[])[]
}

function play(script: readonly Step[], words: readonly string[]): Promise<Played> {
  return inFolder(async (folder) => {
    const path = join(folder, 'paperboy.db')
    const clock = handClock('2026-11-16T06:00:00Z')
    const store = await openSqliteStore(path)
    const index = await openPaperIndex({ path: join(folder, 'index.db'), store })
    const leaks: string[] = []
    const heard: string[][] = words.map(() => [])
    const closed = new Set<string>()
    let posted = 0

    function check(workspace: number, what: string, said: unknown): void {
      const text = JSON.stringify(said) ?? ''
      // How often a word is in papers is remembered from when it was first asked for, by whomever.
      if (workspace < WITNESSES && !what.startsWith('related')) heard[workspace]?.push(`${what}: ${text}`)
      const low = text.toLowerCase()
      const seen = words.filter((word, at) => at !== workspace && low.includes(word))
      if (seen.length > 0) leaks.push(`${words[workspace]} saw ${seen.join(', ')} by ${what}`)
    }

    const platform: Platform = {
      name: 'slack',
      async post({ destination, kind, blocks, dedupeKey }: Delivery) {
        if (closed.has(`${destination.workspace} ${destination.channel}`)) throw new DeliveryError('forbidden', 'No way in.')
        posted++
        check(words.indexOf(destination.workspace), `a ${kind} in ${destination.channel}`, blocks)
        return `ref-${dedupeKey}`
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

    function contextOf({ workspace, channel, person }: Asked): Context {
      const word = words[workspace] as string
      const place = { platform: 'slack', workspace: word } as const
      return {
        ...bot,
        feeds: { look: async (url) => ({ url, title: `Notes of ${word}`, records: [], skipped: 0 }) },
        destination: { ...place, channel },
        person: { id: `U${person}`, name: `${person} of ${word}` },
        direct: async () => ({ ...place, channel: `D${person}` }),
        zone: 'Europe/Berlin',
        confirm: 'save',
      }
    }

    async function ask(asked: Asked): Promise<void> {
      const { workspace, what } = asked
      const context = contextOf(asked)
      if (what.kind === 'completion') return check(workspace, 'completion', await completeOption(what, what.typed, context))
      if (what.kind === 'home') return check(workspace, 'its home', await homeOf([context.destination], context))
      const { line } = what
      const answer = await dispatch({ line }, context)
      check(workspace, line, answer)
      if (!answer.ok || line !== 'saved') return
      const others = answer.reply.blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.ids[0]] : []))
      const isOthers = (id: PaperId) => Number(id.slice(-5)) % words.length !== workspace
      if (others.some(isOthers)) leaks.push(`${words[workspace]} saw what another saved`)
    }

    async function passDay(papers: Extract<Step, { kind: 'day' }>['papers']): Promise<void> {
      const published = clock.now().toString().slice(0, 10)
      await store.papers.put(
        papers.map((paper) => ({ ...paper, published })),
        clock.now().toString(),
      )
      await index.catchUp()
      const before = heard.map(({ length }) => length)
      for (const hours of [6, 18])
        await tick(dependenciesOf(store, clock, platform, { categories: WATCHED }), clock.pass({ hours }))
      // Channels are posted to side by side.
      for (const [at, said] of heard.entries()) said.push(...said.splice(before[at] ?? 0).sort())
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

    async function forgetOne({ workspace, person }: Extract<Step, { kind: 'forget' }>): Promise<void> {
      const whose = { platform: 'slack', workspace: words[workspace] as string, person: `U${person}` } as const
      check(workspace, 'what is kept of a person', await store.erasure.erase(whose))
    }

    try {
      for (const workspace of VOTERS) {
        await store.votes.toggle({ platform: 'slack', workspace, channel: 'C0' }, 1, 'U0', clock.now().toString())
      }
      for (const step of script) {
        if (step.kind === 'day') await passDay(step.papers)
        else if (step.kind === 'erase') await eraseOne(step.workspace)
        else if (step.kind === 'forget') await forgetOne(step)
        else if (step.kind === 'door') closed[step.isOpen ? 'delete' : 'add'](`${words[step.workspace]} ${step.channel}`)
        else await ask(step)
      }
      return { posted, leaks, heard }
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
