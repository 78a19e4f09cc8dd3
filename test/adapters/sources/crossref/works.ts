// Works as Crossref gives them.

export function aDeposit(more: object = {}) {
  return {
    DOI: '10.1000/A.1',
    type: 'journal-article',
    title: ['Sparse <i>features</i>\n   of small &amp; large models'],
    'container-title': ['Journal of Engines'],
    volume: '3',
    page: '14-15',
    issued: { 'date-parts': [[2026, 9]] },
    published: { 'date-parts': [[2026, 9, 24]] },
    abstract:
      '<jats:title>Abstract</jats:title>\n  <jats:p>We look <jats:italic>twice</jats:italic>.</jats:p><jats:p>Then on H<jats:sub>2</jats:sub>O.</jats:p>',
    'is-referenced-by-count': 4,
    author: [
      {
        given: 'Ada',
        family: 'Lovelace',
        suffix: 'Jr.',
        ORCID: 'http://orcid.org/0000-0002-1825-0097',
        affiliation: [{ name: 'ETH Zürich, Switzerland' }],
      },
      { family: 'Charles Babbage', affiliation: [] },
      { name: 'The Engine Collaboration' },
    ],
    ...more,
  }
}
