// What Paperboy needs of a chat platform: post once, find out whether a post arrived, and bring what people ask.
import type { Answer, Request } from '#core/commands/dispatch.ts'
import type { Delivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Installation } from '#core/ports/installation-store.ts'
import type { Block } from '#core/reply.ts'
import type { Rights } from '#core/rights.ts'
import type { Destination, Person, PlatformName } from '#core/subscription.ts'

/** `unknown`: the platform cannot say, and a policy decides. */
export type LookUp = { readonly found: string } | 'absent' | 'unknown'

export interface Platform {
  readonly name: PlatformName
  /** Posts the frozen blocks, marked with the dedupe key; answers the platform's reference. Rejects with DeliveryError alone. */
  post(delivery: Delivery): Promise<string>
  /** Looks for a post with the delivery's key since its first try. */
  lookUp(delivery: Delivery): Promise<LookUp>
  /** Gives a posted message the delivery's blocks. Rejects with DeliveryError alone; `rejected` where a message cannot be edited. */
  edit(delivery: Delivery & { readonly ref: string }): Promise<void>
  /** A link to a posted message; undefined where there is none that others could follow, as in a person's direct messages. */
  permalink(destination: Destination, ref: string): string | undefined
}

/** A workspace that took the bot out. */
export interface Uninstalled extends Pick<Destination, 'platform' | 'workspace'> {
  /** The one that works no more: where another was stored since, the bot was installed again and stays. Absent where there is none. */
  readonly token?: string
}

/** Who asks, and from where. */
export interface Asker {
  readonly destination: Destination
  readonly person: Person
  /** The thread of the channel in which it was asked, by its first message's reference. */
  readonly thread?: string
  /** Finds where the person alone is written to; rejects with DeliveryError. Absent where there is no such place. */
  readonly direct?: () => Promise<Destination>
  /** The person's IANA zone, where the platform knows it. */
  readonly zone?: string
  /** The bot was brought along, and cannot post there: what is to come can come in direct messages alone. */
  readonly cannotPost?: true
  /** What the person is allowed where they ask; absent where everybody is allowed everything, as in the terminal. */
  readonly rights?: () => Promise<Rights>
}

/** What a chat platform brings to the bot. None of these rejects but where it says so. */
export interface ChatHandlers {
  /** Runs a command. */
  answer(request: Request, asker: Asker): Promise<Answer>
  /** What an option of a command may be, given how it begins: at most `limit` values, none where nothing fits. */
  complete(option: OptionOf, begun: string, asker: Asker, limit: number): Promise<string[]>
  /**
   * A person's page; they ask in their direct messages. The channels are those they are in, undefined where the platform does
   * not tell.
   */
  home(asker: Asker, channels: readonly Destination[] | undefined): Promise<Home>
  /** The papers known by these ids, in their order. */
  papers(ids: readonly PaperId[]): Promise<Paper[]>
  /** Keeps what a workspace granted; what waited for it goes on. Rejects with StoreError. */
  installed(installation: Installation): Promise<void>
  /** A workspace takes the bot: what waited there since it took it no more goes on. Rejects with StoreError. */
  accepted(workspace: Pick<Destination, 'platform' | 'workspace'>): Promise<void>
  /** Forgets what a workspace granted and posts nothing there any more. Rejects with StoreError. */
  uninstalled(gone: Uninstalled): Promise<void>
  /** The bot came into a channel: what waited for it goes on. Rejects with StoreError. */
  joined(channel: Destination): Promise<void>
}

/** What comes to a person, and to the channels they are in. */
export interface Home {
  readonly own: readonly Block[]
  /** A part for each channel in which anything is followed or a digest is posted. */
  readonly channels: readonly (readonly Block[])[]
}

/** An option of a command, by its name. */
export interface OptionOf {
  readonly path: readonly string[]
  readonly option: string
  /** The options that are filled in already. */
  readonly given?: Readonly<Record<string, unknown>>
}

/** One thing that was checked: what it is, whether it is in order, what was found, and how to mend it. */
export interface Check {
  readonly about: string
  readonly state: 'fine' | 'warning' | 'wrong'
  readonly found: string
  readonly mend?: string
}

/** Connections over which a platform brings what people ask: as many as it wants, those that are this process's, and of them those that are open. */
export interface Connections {
  readonly all: number
  readonly held: number
  readonly open: number
}

/** A platform on which people talk to the bot. */
export interface ChatPlatform extends Platform {
  /** Resolves once the platform answers people; rejects with ConfigError where it refuses the bot. */
  start(handlers: ChatHandlers): Promise<void>
  /**
   * Whether what people ask arrives just now: started, not stopped, and connected where it takes a connection; or where other
   * processes have all connections, and this one stands by.
   */
  isAnswering(): boolean
  connections(): Connections
  /** Takes no more requests; resolves once those under way are answered. */
  stop(): Promise<void>
  /** Whether the platform would take the bot, and all it is allowed; changes nothing and needs no start. Never rejects. */
  check(): Promise<Check[]>
}
