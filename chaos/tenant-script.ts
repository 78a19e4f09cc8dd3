// What workspaces ask in random order, drawn before any of it is asked: so that what one of them asks can be asked again with
// nobody else there.
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'

const CHANNELS = 3
const PEOPLE = 3
const TOPICS = ['moths', 'lamps', 'glaciers', 'ferns']
const AUTHORS = ['Ada Lovelace', 'Jun Li', 'Grace Hopper']
/** A day goes by every so many commands. */
const COMMANDS_A_DAY = 400
const PAPERS_A_DAY = 3
const EVENTS_A_COMMAND = 0.02

export interface ScriptOptions {
  /** The words by which workspaces are told apart, one each. */
  readonly words: readonly string[]
  readonly commands: number
  readonly random: () => number
}

/** `workspace` is the place of its word; `door`: from now on the channel takes posts or refuses them. */
export type Step =
  | { readonly kind: 'day'; readonly papers: readonly Omit<PaperRecord, 'published'>[] }
  | { readonly kind: 'erase'; readonly workspace: number }
  | { readonly kind: 'forget'; readonly workspace: number; readonly person: number }
  | { readonly kind: 'door'; readonly workspace: number; readonly channel: string; readonly isOpen: boolean }
  | Asked

export interface Asked {
  readonly kind: 'ask'
  readonly workspace: number
  readonly channel: string
  readonly person: number
  readonly what: Question
}

export type Question =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'completion'; readonly path: readonly string[]; readonly option: string; readonly typed: string }
  | { readonly kind: 'home' }

/** At half time and in the end one workspace is erased. */
export function scriptOf({ words, commands, random }: ScriptOptions): Step[] {
  const workspaces = words.length
  let papers = 0
  const below = (many: number) => Math.floor(random() * many)
  const oneOf = <T>(of: readonly T[]) => of[below(of.length)] as T

  /** Each workspace saves papers of its own, so that a list tells whose it is. */
  const ownPaper = (workspace: number) =>
    `2611.${String(workspace + workspaces * below(Math.max(1, papers / workspaces))).padStart(5, '0')}`

  function lineFor(workspace: number): string {
    const [word, place] = [words[workspace], oneOf(['', '', ' --for me'])]
    const paper = oneOf([ownPaper(workspace), `2611.${String(below(papers)).padStart(5, '0')}`])
    const lines = [
      () => `follow topic ${word} OR ${oneOf(TOPICS)}${place}`,
      () => `follow topic "${oneOf(TOPICS)}" --cadence ${oneOf(['now', 'digest', 'both'])}${place}`,
      () => `follow author ${oneOf(AUTHORS)}${place}`,
      () => `follow category cs.LG --cadence ${oneOf(['now', 'digest'])}${place}`,
      () => `follow feed https://${word}.example/${below(4)}${place}`,
      () => `following${place}`,
      () => `unfollow ${oneOf(['1', '2', word, 'all --confirm yes'])}${place}`,
      () => `cadence ${oneOf(['1', 'all'])} ${oneOf(['now', 'digest', 'both'])}${place}`,
      () => `digest ${oneOf(['daily', 'weekly', 'monthly', 'show', 'preview', 'now', 'off'])}${place}`,
      () =>
        oneOf([
          'pause',
          'resume',
          'resume',
          'quiet weekend',
          'quiet off',
          'alerts thread',
          'alerts flat',
          'alerts --most 1',
          'test',
        ]),
      () => `catchup ${oneOf(['', '2 weeks'])}`,
      () => `why ${paper}`,
      () => `vote ${paper}`,
      () => `them ${paper} ${oneOf(['yes', 'no'])}`,
      () => `save ${ownPaper(workspace)}`,
      () => `unsave ${paper}`,
      () => oneOf(['saved', 'export bibtex', 'export csl']),
      () => `search ${oneOf([...TOPICS, word as string])}`,
      () => `${oneOf(['author', 'lookup'])} ${oneOf(AUTHORS)}`,
      () => `${oneOf(['paper', 'related'])} ${paper}`,
      () => oneOf(['trending', 'help', 'permissions everyone', 'permissions admins']),
    ]
    return oneOf(lines)()
  }

  function questionFor(workspace: number): Question {
    if (random() < 0.1) {
      const option = oneOf([
        { path: ['unfollow'], option: 'target' },
        { path: ['cadence'], option: 'target' },
        { path: ['follow', 'author'], option: 'name' },
      ])
      return { kind: 'completion', ...option, typed: oneOf(['', 'k', 'kanarie', 'A']) }
    }
    return random() < 0.02 ? { kind: 'home' } : { kind: 'line', line: lineFor(workspace) }
  }

  function ask(workspace: number): Asked {
    return { kind: 'ask', workspace, channel: channel(), person: below(PEOPLE), what: questionFor(workspace) }
  }

  const channel = () => `C${below(CHANNELS)}`

  /** What happens to a workspace by itself, before a day is over. */
  function event(): Step {
    const workspace = below(workspaces)
    if (random() < 0.2) return { kind: 'forget', workspace, person: below(PEOPLE) }
    return { kind: 'door', workspace, channel: channel(), isOpen: random() < 0.6 }
  }

  function day(): Step {
    const fresh = Array.from({ length: PAPERS_A_DAY }, () => ({
      source: 'arxiv-rss' as const,
      ids: [`arxiv:2611.${String(papers++).padStart(5, '0')}`] as unknown as readonly [PaperId],
      title: `On ${oneOf(TOPICS)} and ${oneOf(TOPICS)}`,
      authors: [{ name: oneOf(AUTHORS) }],
      categories: ['cs.LG'],
    }))
    return { kind: 'day', papers: fresh }
  }

  const steps: Step[] = [day()]
  for (let asked = 0; asked < commands; asked++) {
    if (asked % COMMANDS_A_DAY === COMMANDS_A_DAY - 1) steps.push(day())
    if (random() < EVENTS_A_COMMAND) steps.push(event())
    if (asked === Math.floor(commands / 2)) steps.push({ kind: 'erase', workspace: below(workspaces) })
    steps.push(ask(below(workspaces)))
  }
  steps.push(day(), { kind: 'erase', workspace: below(workspaces) })
  return steps
}
