// All parts of a Store over one database.
import type { StoreParts } from '#core/ports/store.ts'
import { createChannelStore } from './channels.ts'
import type { Database } from './database.ts'
import { createEnrichmentStore } from './enrichments.ts'
import { createErasure } from './erasure.ts'
import { createFeedStore } from './feeds.ts'
import { createHoldStore } from './holds.ts'
import { createInstallationStore } from './installations.ts'
import { createEventStore, createLeaseStore } from './leases.ts'
import { createLedger } from './ledger.ts'
import { createMetaStore } from './meta.ts'
import { createPaperStore } from './papers.ts'
import { createPhraseStore } from './phrases.ts'
import { createReadingListStore } from './reading-lists.ts'
import { createScheduleStore } from './schedules.ts'
import { createSubscriptionStore } from './subscriptions.ts'
import { createVoteStore } from './votes.ts'

export function createParts(database: Database): StoreParts {
  return {
    papers: createPaperStore(database),
    subscriptions: createSubscriptionStore(database),
    schedules: createScheduleStore(database),
    ledger: createLedger(database),
    holds: createHoldStore(database),
    channels: createChannelStore(database),
    votes: createVoteStore(database),
    readingLists: createReadingListStore(database),
    feeds: createFeedStore(database),
    enrichments: createEnrichmentStore(database),
    meta: createMetaStore(database),
    installations: createInstallationStore(database),
    phrases: createPhraseStore(database),
    leases: createLeaseStore(database),
    events: createEventStore(database),
    erasure: createErasure(database),
  }
}
