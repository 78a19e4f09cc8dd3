import { expect, test } from 'vitest'
import { isOurOwn, papersLinked, placeOf } from '#adapters/chat/slack/asks/unfurl.ts'
import type { PaperId } from '#core/paper-id.ts'
import { aPaper } from '#test/builders.ts'

const known = [
  aPaper({ number: 1, ids: ['arxiv:2303.13506', 'doi:10.1000/quanta'] }),
  aPaper({ number: 2, ids: ['arxiv:2205.10343'] }),
  aPaper({ number: 3, ids: ['source:feed:https://openreview.net/forum?id=9XFSbDPmdW'] }),
  aPaper({ number: 4, ids: ['arxiv:2210.01117'] }),
]
const papers = async (ids: readonly PaperId[]) => known.filter((paper) => paper.ids.some((id) => ids.includes(id)))
const linked = async (...urls: string[]) =>
  (
    await papersLinked(
      urls.map((url) => ({ url })),
      { papers },
    )
  ).map(({ url, paper }) => `${paper.number} ${url}`)

test.each([
  ['https://arxiv.org/abs/2303.13506v2', 1],
  ['https://arxiv.org/pdf/2303.13506.pdf', 1],
  ['https://www.alphaxiv.org/abs/2303.13506', 1],
  ['https://huggingface.co/papers/2303.13506', 1],
  ['https://doi.org/10.48550/arXiv.2303.13506', 1],
  ['https://doi.org/10.1000/Quanta', 1],
  ['https://openreview.net/forum?id=9XFSbDPmdW', 3],
  ['https://openreview.net/pdf?id=9XFSbDPmdW', 3],
])('%s is known', async (url, number) => {
  expect(await linked(url)).toEqual([`${number} ${url}`])
})

test.each([
  'https://arxiv.org/abs/9999.99999',
  'https://arxiv.org/list/cs.LG/recent',
  'https://huggingface.co/meta-llama',
  'https://doi.org/',
])('%s is no paper that is known here', async (url) => {
  expect(await linked(url)).toEqual([])
})

test('a paper has one card, a message three', async () => {
  const arxiv = (id: string) => `https://arxiv.org/abs/${id}`
  expect(await linked(arxiv('2303.13506'), 'https://arxiv.org/pdf/2303.13506', arxiv('2205.10343'))).toEqual([
    `1 ${arxiv('2303.13506')}`,
    `2 ${arxiv('2205.10343')}`,
  ])
  expect(
    await linked(...known.map(({ ids }) => ids[0]).map((id) => (id.startsWith('arxiv') ? arxiv(id.slice(6)) : id))),
  ).toHaveLength(3)
})

test('a card belongs below the message, or below the one that is being written', () => {
  const event = {
    type: 'link_shared',
    channel: 'C1',
    is_bot_user_member: true,
    user: 'U1',
    message_ts: '1.1',
    links: [],
    event_ts: '1.1',
  } as const
  expect(placeOf({ ...event, links: [], unfurl_id: 'u', source: 'conversations_history' })).toEqual({ channel: 'C1', ts: '1.1' })
  expect(placeOf({ ...event, links: [], unfurl_id: 'u', source: 'composer' })).toEqual({ unfurl_id: 'u', source: 'composer' })
})

test('what the bot posts itself is left alone', () => {
  const authorizations = [{ enterprise_id: null, team_id: 'T1', user_id: 'U0BOT', is_bot: true }] as never
  expect(isOurOwn({ user: 'U0BOT' }, { authorizations })).toBe(true)
  expect(isOurOwn({ user: 'U1' }, { authorizations })).toBe(false)
})
