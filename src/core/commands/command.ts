// What a command is: a name path, a schema of options and a function from input to Reply; it knows no platform.
import type { z } from 'zod'
import type { Finder } from '#core/finder.ts'
import type { Papers } from '#core/papers.ts'
import type { Citations } from '#core/ports/citations.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Digests } from '#core/ports/digests.ts'
import type { Feeds } from '#core/ports/feeds.ts'
import type { Log } from '#core/ports/log.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { Asker } from '#core/ports/platform.ts'
import type { Posting } from '#core/ports/posting.ts'
import type { Store } from '#core/ports/store.ts'
import type { Templates } from '#core/ports/templates.ts'
import type { Reply } from '#core/reply.ts'
import type { Destination, Person } from '#core/subscription.ts'

/** Who asks, from where, and all a command may use. */
export interface Context {
  /** What is known here, and nothing else. */
  readonly papers: Papers
  /** What people ask for, wherever it is. */
  readonly finder: Finder
  readonly store: Store
  readonly index: PaperIndex
  readonly templates: Templates
  readonly citations: Citations
  readonly digests: Digests
  readonly feeds: Feeds
  readonly posting: Posting
  readonly clock: Clock
  readonly log: Log
  /** The channel in which it was asked. */
  readonly destination: Destination
  readonly person: Person
  readonly thread?: Asker['thread']
  readonly direct?: Asker['direct']
  readonly rights?: Asker['rights']
  readonly cannotPost?: Asker['cannotPost']
  /** The person's IANA zone, where the platform knows it. */
  readonly zone?: string
  /** Whether a change is shown first and saved on a second word (`ask`), or saved at once (`save`: pipes, scripts). */
  readonly confirm: 'ask' | 'save'
}

/** What completion offers for an option. */
export type Completion = 'author' | 'category' | 'subscription' | 'zone' | 'command'

export interface Command<Schema extends z.ZodObject = z.ZodObject> {
  /** `['follow', 'topic']`; at most two words. */
  readonly path: readonly [string] | readonly [string, string]
  /** One line, at most 100 characters (Discord's limit), without a full stop. */
  readonly summary: string
  /** Whole commands that work on the sample, without the slash: `search grokking representation`. */
  readonly examples: readonly [string, ...string[]]
  /** Option names are those of the design; each has a description (`.meta({ description })`, at most 100 characters). */
  readonly options: Schema
  /** Options that may be given by position; the last one takes the rest of the line. */
  readonly positional: readonly (keyof z.infer<Schema> & string)[]
  /**
   * Whether it changes what the channel gets, with this input or always, so that not everybody may run it (rights.ts); not
   * where it is `for` the person alone.
   */
  readonly changesChannel?: true | ((input: z.infer<Schema>) => boolean)
  /** How most answers are seen, for platforms that have to know before the answer is there; public where absent. */
  readonly usually?: Reply['visibility']
  readonly completions?: Readonly<Partial<Record<keyof z.infer<Schema> & string, Completion>>>
  /** Rejects with the errors of errors.ts alone. */
  run(input: z.infer<Schema>, context: Context): Promise<Reply>
}

/** Keeps the schema's type while `run` is written. */
export function defineCommand<Schema extends z.ZodObject>(command: Command<Schema>): Command<Schema> {
  return command
}

/** `follow topic`. */
export function commandName(command: Pick<Command, 'path'>): string {
  return command.path.join(' ')
}
