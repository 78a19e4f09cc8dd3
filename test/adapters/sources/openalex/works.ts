// Works as OpenAlex gives them.

export function aWork(more: object = {}) {
  return {
    id: 'https://openalex.org/W1000001',
    doi: 'https://doi.org/10.48550/arxiv.2609.10001',
    title: 'Sparse features of  small models',
    publication_date: '2026-09-24',
    publication_year: 2026,
    cited_by_count: 7,
    abstract_inverted_index: { Abstract: [0], We: [1, 4], look: [2], 'twice.': [3, 6], look_: [5] },
    best_oa_location: { pdf_url: 'https://arxiv.org/pdf/2609.10001' },
    locations: [{ landing_page_url: 'https://doi.org/10.1000/other' }, { landing_page_url: 'http://arxiv.org/abs/2609.10001v2' }],
    authorships: [
      {
        author: {
          id: 'https://openalex.org/A5000001',
          display_name: 'Ada M. Lovelace',
          orcid: 'https://orcid.org/0000-0002-1825-0097',
        },
        raw_author_name: 'Lovelace, Ada',
        raw_affiliation_strings: ['Department of Engines, ETH Zürich, Switzerland'],
        institutions: [{ display_name: 'ETH Zurich', ror: 'https://ror.org/05a28rw58' }],
      },
      {
        author: { id: 'https://openalex.org/A5000002', display_name: 'Charles Babbage', orcid: null },
        raw_author_name: null,
        raw_affiliation_strings: [],
        institutions: [
          { display_name: 'University of California, Berkeley', ror: null },
          { display_name: 'ETH Zurich', ror: 'https://ror.org/05a28rw58' },
        ],
      },
    ],
    ...more,
  }
}
