// What Discord's errors mean for a delivery. The order: what Discord says by a code; what its status says; what never reached
// it. Whatever else went wrong may have arrived.
import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { wasNeverSent } from '#adapters/http/never-sent.ts'
import { DeliveryError, type DeliveryFailure } from '#core/errors.ts'

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes. Other codes are known by their status. */
const MEANINGS: Readonly<Record<Exclude<DeliveryFailure, 'uncertain'>, readonly number[]>> = {
  gone: [Code.UnknownChannel, Code.UnknownGuild, Code.UnknownMember, Code.UnknownUser, Code.UserBannedFromThisGuild],
  forbidden: [
    Code.MissingAccess,
    Code.MissingPermissions,
    Code.CannotSendMessagesToThisUser,
    Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
    Code.CannotSendMessagesInNonTextChannel,
    Code.CannotSendAMessageInAForumChannel,
    Code.ChannelVerificationLevelTooHighForYouToGainAccess,
    Code.CannotExecuteActionOnThisChannelType,
    Code.InvalidActionOnArchivedThread,
    Code.ServerNotAvailableInYourLocation,
    Code.TwoFactorAuthenticationIsRequired,
    Code.VerifyYourAccount,
    Code.ThereAreNoTagsAvailableThatCanBeSetByNonModerators,
    Code.TagRequiredToCreateAForumPostInThisChannel,
    Code.ThreadLocked,
  ],
  revoked: [Code.InvalidToken],
  'rate-limited': [
    Code.ActionCannotBePerformedDueToSlowmodeRateLimit,
    Code.AnnouncementEditLimitExceeded,
    Code.ChannelWriteRateLimit,
    Code.ServerWriteRateLimit,
    Code.OpeningDirectMessagesTooFast,
    Code.ServiceResourceIsBeingRateLimited,
  ],
  transient: [
    Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
    Code.SendMessagesHasBeenTemporarilyDisabled,
    Code.FeatureTemporarilyDisabledServerSide,
    Code.CloudflareIsBlockingYourRequest,
    Code.ApplicationNotYetAvailable,
    Code.APIResourceOverloaded,
    Code.MaximumActiveThreads,
    Code.MaximumActiveAnnouncementThreads,
  ],
  rejected: [
    Code.UnknownMessage,
    Code.ExplicitContentCannotBeSentToTheDesiredRecipient,
    Code.CannotEditMessageAuthoredByAnotherUser,
    Code.CannotSendAnEmptyMessage,
    Code.InvalidFormBodyOrContentType,
    Code.MessageWasBlockedByAutomaticModeration,
    Code.TitleWasBlockedByAutomaticModeration,
    Code.MessageBlockedByHarmfulLinksFilter,
  ],
}

const kinds = new Map(
  Object.entries(MEANINGS).flatMap(([kind, codes]) => codes.map((code) => [code, kind as DeliveryFailure] as const)),
)

const NO_TAG: ReadonlySet<unknown> = new Set([
  Code.TagRequiredToCreateAForumPostInThisChannel,
  Code.ThereAreNoTagsAvailableThatCanBeSetByNonModerators,
])

/** What an error of Discord's client means for a delivery. */
export function inOurWords(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof RateLimitError) return pause(error, error.retryAfter)
  if (error instanceof DiscordAPIError) return refusal(error)
  if (error instanceof HTTPError && error.status === 503) {
    return new DeliveryError('transient', 'Discord is not available.', { cause: error })
  }
  if (wasNeverSent(error)) return new DeliveryError('transient', 'Discord could not be reached.', { cause: error })
  return new DeliveryError('uncertain', 'Discord did not say whether it took the message.', { cause: error })
}

/** Discord's code for what it refused; undefined for anything else. */
export function codeOf(error: unknown): number | undefined {
  const cause = error instanceof DeliveryError ? error.cause : error
  return cause instanceof DiscordAPIError && typeof cause.code === 'number' ? cause.code : undefined
}

/** Of a call that posts nothing: whatever became of it, it may be made again. */
export function nothingPosted(error: unknown): DeliveryError {
  const failure = inOurWords(error)
  return failure.kind === 'uncertain' ? new DeliveryError('transient', 'Discord did not answer.', { cause: error }) : failure
}

function refusal(error: DiscordAPIError): DeliveryError {
  const code = codeOf(error)
  if (NO_TAG.has(code)) {
    const message = 'The forum wants a tag on each post and has none that a bot may set: add one, or let it want none.'
    return new DeliveryError('forbidden', message, { cause: error })
  }
  const kind = kinds.get(code ?? -1) ?? byStatus(error.status)
  return new DeliveryError(kind, code ? `Discord answered ${code}: ${error.message}` : `Discord answered ${error.status}.`, {
    cause: error,
  })
}

function byStatus(status: number): DeliveryFailure {
  if (status === 401) return 'revoked'
  if (status === 403) return 'forbidden'
  return status === 408 || status === 429 ? 'transient' : 'rejected'
}

/** `retryAfter` in milliseconds; nothing where Discord did not say. */
function pause(cause: Error, retryAfter: number): DeliveryError {
  const seconds = retryAfter > 0 ? { retryAfter: retryAfter / 1000 } : {}
  return new DeliveryError('rate-limited', 'Discord asks for a pause.', { cause, ...seconds })
}
