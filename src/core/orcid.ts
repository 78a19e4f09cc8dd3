// ORCIDs, however they are written.

const ORCID = /\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/

/** Bare and in capitals, as it stands at the end of a link; undefined where it is none. */
export function bareOrcid(orcid: string | undefined): string | undefined {
  return ORCID.exec(orcid?.trim().toUpperCase() ?? '')?.[0]
}
