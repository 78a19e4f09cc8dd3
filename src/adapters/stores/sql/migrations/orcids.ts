// Papers by the ORCIDs of their authors, those of papers that are stored already among them.

export const orcids = [
  'CREATE TABLE paper_orcids (orcid TEXT NOT NULL, paper INTEGER NOT NULL, PRIMARY KEY (orcid, paper)) WITHOUT ROWID',
  {
    sqlite: `INSERT OR IGNORE INTO paper_orcids SELECT upper(substr(author.value ->> 'orcid', -19)), papers.number
      FROM papers, json_each(papers.body, '$.authors') AS author WHERE author.value ->> 'orcid' IS NOT NULL`,
    postgres: `INSERT INTO paper_orcids SELECT upper(right(author.value ->> 'orcid', 19)), papers.number
      FROM papers, jsonb_array_elements(papers.body::jsonb -> 'authors') AS author
      WHERE author.value ->> 'orcid' IS NOT NULL ON CONFLICT DO NOTHING`,
  },
] as const
