// How arXiv is asked, whichever of its services: one request every three seconds over one connection.

/** https://info.arxiv.org/help/api/tou.html */
export const LANE = { lane: 'arxiv', pause: 3000 } as const
