// One paper as Hugging Face shows it → a record. https://huggingface.co/papers
import { isoInstant } from '#adapters/formats/dates.ts'
import { type Fields, jsonCount, jsonFields, jsonLabel, jsonLink, jsonText } from '#adapters/formats/json.ts'
import { toRecord } from '#adapters/formats/record.ts'
import { authorsOf } from '#adapters/sources/people.ts'
import { orgSlug } from '#core/org.ts'
import type { PaperRecord } from '#core/paper.ts'
import { arxivId } from '#core/paper-id.ts'

/** Undefined where the paper has no title or no id of arXiv's. */
export function readPaper(fields: Fields): PaperRecord | undefined {
  const arxiv = arxivId(jsonLabel(fields.id) ?? '')
  if (arxiv === undefined) return undefined
  const organization = jsonFields(fields.organization)
  const org = orgSlug(jsonLabel(organization?.fullname) ?? jsonLabel(organization?.name) ?? '')
  return toRecord({
    source: 'hugging-face',
    arxiv: { id: arxiv.id },
    title: jsonText(fields.title),
    authors: authorsOf(fields.authors, ({ name, hidden }) => {
      const text = hidden === true ? undefined : jsonLabel(name)
      return text === undefined ? undefined : { name: text }
    }),
    abstract: jsonText(fields.summary),
    tldr: jsonText(fields.ai_summary),
    published: isoInstant(jsonLabel(fields.publishedAt))?.slice(0, 10),
    orgs: org === undefined ? undefined : [org],
    code: jsonLink(fields.githubRepo),
    upvotes: jsonCount(fields.upvotes),
  })
}
