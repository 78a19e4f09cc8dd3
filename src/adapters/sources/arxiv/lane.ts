// How arXiv is asked, whichever of its services: one request every three seconds over one connection, of all
// machines of an operator together.

/** https://info.arxiv.org/help/api/tou.html */
export const LANE = { lane: 'arxiv', pause: 3000, isShared: true } as const
