// `paperboy deliveries`: what waits, is unclear or could not be posted; and one of them tried again, or given up.
import { counted, enumerate } from '#core/commands/blocks.ts'
import type { Delivery, DeliveryState } from '#core/delivery.ts'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import { type App, openApp } from './app.ts'
import { countsInWords, deliveryJson, deliveryTable, nextTry } from './delivery-words.ts'
import { print, printJson } from './out.ts'

const STATES: readonly DeliveryState[] = ['pending', 'sending', 'uncertain', 'dead', 'sent', 'cancelled']
/** What is not over, or ended badly. */
const PROBLEMS: readonly DeliveryState[] = ['pending', 'sending', 'uncertain', 'dead']
const USUAL_LIMIT = 20

interface DeliveriesOptions {
  /** One or several with commas between them, or `all`. */
  readonly state?: string
  readonly limit?: number
  readonly json?: true
  readonly at?: Temporal.Instant
}

/** Lists the latest first. The exit code is 0; a state that there is not rejects with UserInputError. */
export async function deliveriesCall({ state, limit = USUAL_LIMIT, json, at }: DeliveriesOptions): Promise<number> {
  const states = state === undefined ? PROBLEMS : statesIn(state)
  await using app = await open(at)
  const { ledger } = app.store
  const deliveries = await ledger.latest(states, limit)
  const counts = await ledger.counts()
  if (json) {
    printJson({ deliveries: deliveries.map(deliveryJson), counts })
    return 0
  }
  const all = states.reduce((sum, one) => sum + counts[one], 0)
  if (deliveries.length > 0) print(`${deliveryTable(deliveries, app.clock.now())}\n`)
  else print(`Nothing is ${enumerate(states, 'or')}.`)
  if (all > deliveries.length) print(`These are the latest ${deliveries.length} of ${all}; --limit ${all} shows them all.`)
  if (deliveries.some(({ state }) => state === 'dead')) {
    print('Try one again with paperboy deliveries retry <id>, or give it up with paperboy deliveries drop <id>.')
  }
  print(`In the ledger: ${countsInWords(counts)}.`)
  return 0
}

/** `which`: an id, or `all` for whatever is dead or uncertain. An unknown id is a NotFoundError, one that is over a UserInputError. */
export async function retryCall(which: string, { at }: { readonly at?: Temporal.Instant }): Promise<number> {
  await using app = await open(at)
  const now = app.clock.now()
  if (which === 'all') {
    print(await retryAll(app, now))
    return 0
  }
  const before = await find(app, which)
  if (!(await app.store.ledger.retry(before.id, now.toString()))) throw refusal(before, 'tried again')
  const after = await find(app, which)
  const when = nextTry(after, now)
  const due = when === 'now' ? 'with the next tick' : when === 'once open' ? 'once its channel is open again' : when
  print(
    after.state === 'uncertain'
      ? `Delivery ${after.id} may have arrived before: it is looked for ${due}, and posted only if it is not there. Where the platform cannot look, it is posted again.`
      : `Delivery ${after.id} is posted ${due}.`,
  )
  return 0
}

/** Gives one up for good. Errors as of retryCall. */
export async function dropCall(which: string, { at }: { readonly at?: Temporal.Instant }): Promise<number> {
  await using app = await open(at)
  const before = await find(app, which)
  if (!(await app.store.ledger.drop(before.id, app.clock.now().toString()))) throw refusal(before, 'dropped')
  const arrived = before.state === 'uncertain' ? ' It may have arrived all the same.' : ''
  print(`Delivery ${before.id} is dropped, with whatever was to be posted in its thread.${arrived}`)
  return 0
}

function open(at: Temporal.Instant | undefined): Promise<App> {
  return openApp({ ...(at ? { at } : {}), once: true })
}

/** Parents come before what waits for them, as they were recorded before it. */
async function retryAll({ store: { ledger } }: App, now: Temporal.Instant): Promise<string> {
  const { dead, uncertain } = await ledger.counts()
  let retried = 0
  for (const { id } of await ledger.list(['dead', 'uncertain'], dead + uncertain)) {
    if (await ledger.retry(id, now.toString())) retried++
  }
  if (retried === 0) return 'Nothing is dead or uncertain.'
  return `${counted(retried, 'delivery is', 'deliveries are')} due again. What may have arrived before is looked for first.`
}

function statesIn(text: string): readonly DeliveryState[] {
  if (text === 'all') return STATES
  return text.split(',').map((word) => {
    const state = STATES.find((one) => one === word.trim())
    if (state !== undefined) return state
    throw new UserInputError(`There is no state “${word}”.`, { hint: `There is: ${STATES.join(', ')}, all.` })
  })
}

async function find({ store }: App, which: string): Promise<Delivery> {
  const id = Number(which)
  if (!Number.isSafeInteger(id) || id < 1) {
    throw new UserInputError(`“${which}” is no delivery’s id, which is a number.`, { hint: 'paperboy deliveries lists them.' })
  }
  const delivery = await store.ledger.byId(id)
  if (delivery !== undefined) return delivery
  throw new NotFoundError(`There is no delivery ${id}.`, {
    hint: 'paperboy deliveries lists them; --state all shows the others too.',
  })
}

function refusal({ id, state }: Delivery, what: 'tried again' | 'dropped'): UserInputError {
  switch (state) {
    case 'sent':
      return new UserInputError(`Delivery ${id} was posted: it cannot be ${what}.`)
    case 'cancelled':
      return new UserInputError(`Delivery ${id} was dropped, for good: it cannot be ${what}.`)
    case 'sending':
      return new UserInputError(`Delivery ${id} is being posted right now: it cannot be ${what}.`, {
        hint: 'Wait until that is over; an attempt that was cut short becomes uncertain after some minutes.',
      })
    default:
      return new UserInputError(`Delivery ${id} belongs into the thread of a message that is not posted.`, {
        hint: 'Try that message again, and this one comes with it.',
      })
  }
}
