// What every Store promises, whichever database is behind it: run it with a function that opens an empty one.
import { changeContract } from './contract/changes.ts'
import { channelContract } from './contract/channels.ts'
import { deliveryContract } from './contract/deliveries.ts'
import { editContract } from './contract/edits.ts'
import { enrichmentContract } from './contract/enrichments.ts'
import { erasureContract } from './contract/erasure.ts'
import { installationContract } from './contract/installations.ts'
import { leaseContract } from './contract/leases.ts'
import { ledgerContract } from './contract/ledger.ts'
import { ledgerModelContract } from './contract/ledger-model.ts'
import { offerContract } from './contract/offers.ts'
import type { OpenStore } from './contract/opening.ts'
import { paperContract } from './contract/papers.ts'
import { placeContract } from './contract/places.ts'
import { putContract } from './contract/put.ts'
import { retirementContract } from './contract/retirement.ts'
import { settingsContract } from './contract/settings.ts'
import { subscriptionContract } from './contract/subscriptions.ts'
import { transactionContract } from './contract/transactions.ts'

/** `open` answers an empty store; the suite closes it. */
export function storeContract(open: OpenStore): void {
  putContract(open)
  changeContract(open)
  paperContract(open)
  subscriptionContract(open)
  settingsContract(open)
  channelContract(open)
  ledgerContract(open)
  deliveryContract(open)
  ledgerModelContract(open)
  placeContract(open)
  editContract(open)
  offerContract(open)
  enrichmentContract(open)
  installationContract(open)
  leaseContract(open)
  erasureContract(open)
  retirementContract(open)
  transactionContract(open)
}
