// What Discord says of its gateway, asked once for all shards of a process that are opened at about the same time: each client of
// discord.js would ask for itself, which with many shards is more than Discord allows in a second.
import { type REST, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js'

/** Milliseconds for which an answer holds. */
const HOLDS_MS = 30_000

export type Information = () => Promise<RESTGetAPIGatewayBotResult>

/** `now` is in milliseconds. What fails is asked again by the next. */
export function createInformation(rest: Pick<REST, 'get'>, now: () => number): Information {
  let asked: { readonly at: number; readonly answer: Promise<RESTGetAPIGatewayBotResult> } | undefined

  function ask(): Promise<RESTGetAPIGatewayBotResult> {
    const answer = rest.get(Routes.gatewayBot()) as Promise<RESTGetAPIGatewayBotResult>
    answer.catch(() => {
      asked = undefined
    })
    asked = { at: now(), answer }
    return answer
  }

  return () => (asked !== undefined && now() - asked.at < HOLDS_MS ? asked.answer : ask())
}
