// Papers as Semantic Scholar gives them.

export const SHA = '0123456789abcdef0123456789abcdef01234567'

export function aScholarPaper(more: object = {}) {
  return {
    paperId: SHA,
    externalIds: { ArXiv: '2609.10001', DOI: '10.1000/A', CorpusId: 1, MAG: '2' },
    title: 'Sparse features of small models',
    abstract: 'Abstract We look twice.',
    year: 2026,
    publicationDate: '2026-09-24',
    citationCount: 12,
    tldr: { model: 'tldr@v2.0.0', text: 'Features are sparse.' },
    journal: { name: 'Journal of Engines', volume: '3' },
    openAccessPdf: { url: 'https://example.org/a.pdf', status: 'GOLD' },
    authors: [
      { authorId: '1', name: 'A. Lovelace', externalIds: { ORCID: '0000-0002-1825-0097' }, affiliations: ['ETH Zürich'] },
      { authorId: null, name: 'C. Babbage' },
    ],
    ...more,
  }
}
