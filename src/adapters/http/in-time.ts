// Requests that are sent in time or not at all. A process may stand still while a connection is made; once it goes on, it has a
// request at hand that another process may have sent in its place meanwhile.
import { Agent, type Dispatcher } from 'undici'
import { TooLateError } from './never-sent.ts'

/**
 * For fetch: from the call to the first byte on its way no more milliseconds may pass, else the call is rejected with a
 * TooLateError as its cause, and nothing was sent. `now` is in epoch milliseconds: a process's own clock may not count sleep.
 */
export function sentWithin(milliseconds: number, now: () => number = Date.now): NonNullable<RequestInit['dispatcher']> {
  const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
    const until = now() + milliseconds
    return dispatch(
      options,
      inTime(handler, () => now() > until),
    )
  })
  // The types of Node's own fetch are those of another release of undici; it takes any of them.
  return dispatcher as unknown as NonNullable<RequestInit['dispatcher']>
}

function inTime(handler: Dispatcher.DispatchHandler, isLate: () => boolean): Dispatcher.DispatchHandler {
  return {
    // Called just before the request is written, with nothing awaited in between.
    onRequestStart(controller, context) {
      handler.onRequestStart?.(controller, context)
      if (isLate()) controller.abort(new TooLateError())
    },
    onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
    onResponseStarted: () => handler.onResponseStarted?.(),
    onResponseStart: (...given) => handler.onResponseStart?.(...given),
    onResponseData: (...given) => handler.onResponseData?.(...given),
    onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
    onResponseError: (...given) => handler.onResponseError?.(...given),
  }
}
