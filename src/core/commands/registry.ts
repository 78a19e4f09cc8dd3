// All commands, in the order in which help lists them: a new one is a file and a line here.
import { alerts } from './alerts.ts'
import { author } from './author.ts'
import { cadence } from './cadence.ts'
import { catchup } from './catchup.ts'
import type { Command } from './command.ts'
import { digestNow, digestOff, digestPreview, digestShow } from './digest.ts'
import { digestDaily, digestMonthly, digestWeekly } from './digest-schedule.ts'
import { exportSaved } from './export.ts'
import { followAuthor } from './follow-author.ts'
import { followCategory } from './follow-category.ts'
import { followFeed } from './follow-feed.ts'
import { followTopic } from './follow-topic.ts'
import { following } from './following.ts'
import { createHelp } from './help.ts'
import { lookup } from './lookup.ts'
import { paper } from './paper.ts'
import { pause, resume } from './pause.ts'
import { permissions } from './permissions.ts'
import { quiet } from './quiet.ts'
import { related } from './related.ts'
import { save, saved, unsave } from './save.ts'
import { search } from './search.ts'
import { testPost } from './test-post.ts'
import { them } from './them.ts'
import { trending } from './trending.ts'
import { unfollow } from './unfollow.ts'
import { vote } from './vote.ts'
import { why } from './why.ts'

// Each command's schema is its own; here only that it is one counts.
export const commands: readonly Command[] = [
  search,
  author,
  paper,
  lookup,
  related,
  trending,
  followAuthor,
  followTopic,
  followCategory,
  followFeed,
  following,
  cadence,
  them,
  unfollow,
  digestWeekly,
  digestDaily,
  digestMonthly,
  digestShow,
  digestPreview,
  digestNow,
  digestOff,
  pause,
  resume,
  catchup,
  quiet,
  alerts,
  permissions,
  testPost,
  why,
  vote,
  save,
  unsave,
  saved,
  exportSaved,
  createHelp(() => commands),
] as unknown as readonly Command[]
