// Slack's side of a slash command: signed requests over connections that stay open, and how long each waits for its ack.
import { createHmac } from 'node:crypto'
import { Pool } from 'undici'

const PATH = '/slack/events'
/** So many that nobody asks faster than a person may; the bot has heard of them all once it is warm. */
const PEOPLE = 1000
const CHANNELS = 200

export interface LoadOptions {
  readonly port: number
  readonly secret: string
  /** Where answers go: an address that a number is put behind. */
  readonly answers: string
  /** Taken in turn. */
  readonly commands: readonly string[]
  readonly connections: number
}

export interface Load {
  /** Each connection asks again as soon as it has its ack. */
  saturated(seconds: number): Promise<Acks>
  /** Asks at this rate, whether or not acks come. */
  steady(seconds: number, perSecond: number): Promise<Acks>
  close(): Promise<void>
}

export interface Acks {
  readonly seconds: number
  /** Of each ack, in milliseconds. */
  readonly waits: readonly number[]
  /** Acks that were more than an ack: the person is told to try again later. */
  readonly refused: number
}

/** Rejects, like all it promises, where a request is not answered with 200. */
export function openLoad({ port, secret, answers, commands, connections }: LoadOptions): Load {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections, pipelining: 1 })
  let asked = 0

  async function once(round: { waits: number[]; refused: number }): Promise<void> {
    const body = commandBody(asked++, commands, answers)
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
    const began = performance.now()
    const length = await post(pool, body, {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    })
    round.waits.push(performance.now() - began)
    if (length > 0) round.refused++
  }

  async function measured(load: (round: { waits: number[]; refused: number }) => Promise<void>): Promise<Acks> {
    const round = { waits: [], refused: 0 }
    const began = performance.now()
    await load(round)
    return { ...round, seconds: (performance.now() - began) / 1000 }
  }

  return {
    saturated: (seconds) =>
      measured(async (round) => {
        const end = performance.now() + seconds * 1000
        const connection = async () => {
          while (performance.now() < end) await once(round)
        }
        await Promise.all(Array.from({ length: connections }, connection))
      }),
    steady: (seconds, perSecond) =>
      measured(async (round) => {
        const underWay: Promise<void>[] = []
        const began = performance.now()
        while (underWay.length < seconds * perSecond) {
          const due = ((performance.now() - began) / 1000) * perSecond
          while (underWay.length < due) underWay.push(once(round))
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        await Promise.all(underWay)
      }),
    close: () => pool.close(),
  }
}

function commandBody(number: number, commands: readonly string[], answers: string): string {
  return String(
    new URLSearchParams({
      token: 'gone',
      team_id: 'T0BENCH',
      team_domain: 'bench',
      channel_id: `C0BENCH${number % CHANNELS}`,
      channel_name: 'papers',
      user_id: `U0BENCH${number % PEOPLE}`,
      user_name: `reader${number % PEOPLE}`,
      command: '/papers',
      text: commands[number % commands.length] ?? 'help',
      api_app_id: 'A0BENCH',
      is_enterprise_install: 'false',
      response_url: `${answers}${number}`,
      trigger_id: `${number}.bench`,
    }),
  )
}

/** Resolves to the length of what was answered with 200. */
function post(pool: Pool, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    let length = 0
    let status = 0
    pool.dispatch(
      { method: 'POST', path: PATH, body, headers },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_, statusCode) => {
          status = statusCode
        },
        onResponseData: (_, chunk) => {
          length += chunk.length
        },
        onResponseEnd: () => (status === 200 ? resolve(length) : reject(new Error(`A request was answered with ${status}.`))),
        onResponseError: (_, error) => reject(error),
      },
    )
  })
}
