// Two months of arXiv to be played back: the last sixty days of announcements of the corpus, what became of their papers, and
// older ones that change meanwhile and are no news. The dates of the shared records are those of their announcements.
import { corpus } from '#bench/corpus.ts'
import { announcementDays, daysAfter } from '#core/announcement-days.ts'
import type { PaperRecord } from '#core/paper.ts'

const MOST_AUTHORS = 20
const LONGEST_ABSTRACT = 300
/** Shares of the papers that moderators hold back, that get a new version within days, and of which a field changes. */
const HELD = 0.03
const REVISED = 0.2
const TOUCHED = 0.1
const GENERATED_A_DAY = 80
/** Old papers that change, for each day. */
const OLD = 12

export interface AnnouncedPaper {
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  readonly abstract: string
  /** Primary category first. */
  readonly categories: readonly string[]
  /** Instants of the versions' submissions. */
  readonly versions: readonly string[]
  /** The days of its announcements: as new, and of its new version. Old papers were announced before all days. */
  readonly announced?: string
  readonly revised?: string
  /** When its record changed last, though nobody is told. */
  readonly touched?: string
}

export interface History {
  readonly papers: readonly AnnouncedPaper[]
  /** The days on which anything is announced, the first one first; holidays are between them. */
  readonly days: readonly string[]
}

/** So many days, in which at least one of the categories has papers. */
export async function announcedPapers(many: number, random: () => number): Promise<History> {
  const records = (await corpus()).toSorted((a, b) => ((a.published ?? '') < (b.published ?? '') ? -1 : 1))
  const byDate = [...Map.groupBy(records, ({ published = '' }) => published.slice(0, 10))]
  const dates = byDate.map(([date]) => date).slice(-many)
  const last = dates.at(-1) ?? ''
  // Generated records bear dates of weekends too: theirs become the days of announcements that lead up to the last.
  const weekdays = announcementDays(daysAfter(last, -2 * many), last)
  const isReal = dates.every(isWeekday)
  const recent = byDate.slice(-many).map(([date, of]) => [date, isReal ? of : of.slice(0, GENERATED_A_DAY)] as const)
  const days = isReal ? recent.map(([date]) => date) : weekdays.slice(-recent.length)
  const end = daysAfter(days.at(-1) ?? last, 14)
  const fresh = recent.flatMap(([, of], at) => of.map((record) => announcedOn(days[at] ?? last, record, end, random)))
  const first = days[0] ?? last
  const old = byDate
    .slice(0, -many)
    .flatMap(([, of]) => of)
    .slice(-OLD * many)
    .map((record) => changedOn(days[Math.floor(random() * days.length)] ?? last, record, first, random))
  return { papers: [...fresh, ...old].map(numbered), days }
}

/** An id says in which month its paper came, and a title which paper it is. */
function numbered(paper: Omit<AnnouncedPaper, 'id'>, at: number): AnnouncedPaper {
  const [first = ''] = paper.versions
  const id = `${first.slice(2, 4)}${first.slice(5, 7)}.${String(at + 1).padStart(5, '0')}`
  return { ...paper, id, title: `Paper ${at} ${paper.title}` }
}

function announcedOn(day: string, record: PaperRecord, end: string, random: () => number): Omit<AnnouncedPaper, 'id'> {
  const submitted = morningBefore(day, random() < HELD ? 3 : 1)
  const later = announcementDays(day, daysAfter(day, 10))
  const some = () => later[Math.floor(random() * later.length)] ?? day
  const revised = random() < REVISED ? some() : undefined
  const touched = random() < TOUCHED ? some() : undefined
  return {
    ...written(record),
    versions: [submitted, ...(revised && revised < end ? [morningBefore(revised, 1)] : [])],
    announced: day,
    ...(revised && revised < end && { revised }),
    ...(touched && { touched }),
  }
}

/** Submitted long before the first day. */
function changedOn(day: string, record: PaperRecord, first: string, random: () => number): Omit<AnnouncedPaper, 'id'> {
  const submitted = morningBefore(daysAfter(first, -40 - Math.floor(random() * 300)), 1)
  if (random() < 0.5) return { ...written(record), versions: [submitted], touched: day }
  return { ...written(record), versions: [submitted, morningBefore(day, 1)], revised: day }
}

function written({ title, authors, abstract = '', categories = [] }: PaperRecord) {
  return {
    title,
    authors: authors.slice(0, MOST_AUTHORS).map(({ name }) => name),
    abstract: abstract.slice(0, LONGEST_ABSTRACT),
    categories,
  }
}

/** Before the deadline of the day of announcements so many before this one. */
function morningBefore(day: string, days: number): string {
  const before = announcementDays(daysAfter(day, -14), daysAfter(day, -1)).at(-days) ?? day
  return `${before}T14:00:00Z`
}

function isWeekday(day: string): boolean {
  return announcementDays(daysAfter(day, -1), day).length === 1
}
