// An organisation's slug: the short name people know it by (berkeley, eth-zurich, deepmind), else its name made plain.
import { fold } from '#core/text/fold.ts'

const NOT_WORD = /[^\p{L}\p{N}]+/gu
const COMMA = /[,;]|\s[-–]\s/
const AMPERSAND = /&/g
const BRACKETS = /\([^()]*\)/g
const LEADING = /^(?:the|at) /
const DEPARTMENT =
  /^(?:(?:dept|department|school|faculty|division|institute|centre|center|laboratory|lab|college|chair|group|graduate school) (?:of|for)|computer science)(?: |$)/
const LEGAL_FORM = / (?:inc|ltd|llc|gmbh|ag|corp|corporation|co|plc|sa|research lab|labs?)$/
const UNIVERSITY_OF =
  /^(?:university|universitat|universite|universidad|universita|universiteit) (?:of|de|di|du|des|da|do|van|zu)? ?/
const UNIVERSITY_AFTER = /^(.+) (?:state )?university$/
const LONGEST = 40

/** Slug: the names it stands for, folded; a name matches whole or as one part of an affiliation between commas or dashes. */
const KNOWN: Readonly<Record<string, string>> = {
  berkeley: 'university of california berkeley|uc berkeley|berkeley|university of california at berkeley|bair',
  ucla: 'university of california los angeles|uc los angeles|ucla',
  ucsd: 'university of california san diego|uc san diego|ucsd',
  mit: 'massachusetts institute of technology|mit|mit csail|csail',
  stanford: 'stanford university|stanford',
  harvard: 'harvard university|harvard|harvard medical school',
  princeton: 'princeton university|princeton',
  cmu: 'carnegie mellon university|carnegie mellon|cmu',
  caltech: 'california institute of technology|caltech',
  nyu: 'new york university|nyu',
  cornell: 'cornell university|cornell|cornell tech',
  columbia: 'columbia university|columbia university in the city of new york',
  uw: 'university of washington|uw',
  'georgia-tech': 'georgia institute of technology|georgia tech',
  uiuc: 'university of illinois urbana champaign|university of illinois at urbana champaign|uiuc',
  'ut-austin': 'university of texas at austin|university of texas austin|ut austin',
  toronto: 'university of toronto',
  mila: 'mila|mila quebec ai institute|mila quebec artificial intelligence institute',
  mcgill: 'mcgill university|mcgill',
  oxford: 'university of oxford|oxford university|oxford',
  cambridge: 'university of cambridge|cambridge university',
  imperial: 'imperial college london|imperial college',
  ucl: 'university college london|ucl',
  edinburgh: 'university of edinburgh',
  'eth-zurich':
    'eth zurich|eth|eth zuerich|swiss federal institute of technology zurich|swiss federal institute of technology in zurich|eidgenossische technische hochschule zurich',
  epfl: 'epfl|ecole polytechnique federale de lausanne|swiss federal institute of technology lausanne',
  tum: 'technical university of munich|technische universitat munchen|tu munich|tum',
  lmu: 'ludwig maximilians universitat munchen|lmu munich|ludwig maximilian university of munich',
  mpi: 'max planck institute|max planck society',
  inria: 'inria|institut national de recherche en informatique et en automatique',
  ens: 'ecole normale superieure|ens',
  cnrs: 'cnrs|centre national de la recherche scientifique',
  cern: 'cern|european organization for nuclear research',
  tsinghua: 'tsinghua university|tsinghua',
  pku: 'peking university|pku',
  cas: 'chinese academy of sciences',
  sjtu: 'shanghai jiao tong university|sjtu',
  ustc: 'university of science and technology of china|ustc',
  hkust: 'hong kong university of science and technology|the hong kong university of science and technology|hkust',
  nus: 'national university of singapore|nus',
  ntu: 'nanyang technological university|ntu singapore',
  kaist: 'kaist|korea advanced institute of science and technology',
  tokyo: 'university of tokyo|the university of tokyo',
  technion: 'technion|technion israel institute of technology',
  deepmind: 'google deepmind|deepmind|deepmind technologies|deepmind united kingdom',
  google: 'google|google research|google brain|google united states|google ai',
  openai: 'openai|open ai',
  anthropic: 'anthropic',
  meta: 'meta|meta ai|meta platforms|facebook|facebook ai research|fair|meta fair|fair at meta|meta israel|meta united states',
  microsoft: 'microsoft|microsoft research|microsoft united states|microsoft research asia',
  nvidia: 'nvidia|nvidia research|nvidia united states',
  apple: 'apple|apple united states',
  amazon: 'amazon|amazon web services|aws|aws ai|amazon united states',
  ibm: 'ibm|ibm research|ibm united states',
  alibaba: 'alibaba|alibaba group|damo academy|alibaba group china',
  tencent: 'tencent|tencent ai|tencent ai lab|tencent china',
  bytedance: 'bytedance|bytedance seed',
  ai2: 'allen institute for ai|allen institute for artificial intelligence|ai2',
  'hugging-face': 'hugging face|huggingface',
  eleutherai: 'eleutherai|eleuther ai',
  redwood: 'redwood research',
  metr: 'metr|model evaluation and threat research',
  nasa: 'nasa|national aeronautics and space administration',
  lanl: 'los alamos national laboratory',
  lbnl: 'lawrence berkeley national laboratory|berkeley lab',
  slac: 'slac national accelerator laboratory|slac',
  fermilab: 'fermi national accelerator laboratory|fermilab',
}

const SLUGS = new Map(Object.entries(KNOWN).flatMap(([slug, names]) => names.split('|').map((name) => [name, slug] as const)))

/**
 * The slug of an affiliation as a source wrote it: `Department of EECS, University of California, Berkeley` → berkeley,
 * `ETH Zürich` → eth-zurich, `Universität Tübingen` → tubingen. At most 40 characters; undefined where no letter is left.
 */
export function orgSlug(affiliation: string): string | undefined {
  const parts = affiliation
    .replace(BRACKETS, ' ')
    .split(COMMA)
    .map(plain)
    .filter((part) => part !== '')
  for (let width = Math.min(parts.length, 3); width > 0; width--) {
    for (let start = 0; start + width <= parts.length; start++) {
      const slug = SLUGS.get(parts.slice(start, start + width).join(' '))
      if (slug !== undefined) return slug
    }
  }
  const name =
    parts.find((part) => INSTITUTION.test(part) && !DEPARTMENT.test(part)) ??
    parts.find((part) => !DEPARTMENT.test(part)) ??
    parts[0]
  return name === undefined ? undefined : shortName(name)
}

/** The slugs of several affiliations, each once, in their order. */
export function orgSlugs(affiliations: readonly string[]): string[] {
  return [...new Set(affiliations.map(orgSlug))].filter((slug) => slug !== undefined)
}

const INSTITUTION = /universi|institut|college|hochschule|polytechni|academy|laborator/

function shortName(name: string): string {
  const bare = name.replace(UNIVERSITY_OF, '').replace(UNIVERSITY_AFTER, '$1') || name
  const slug = bare.replaceAll(' ', '-')
  const letters = [...slug]
  if (letters.length <= LONGEST) return slug
  const short = letters.slice(0, LONGEST)
  const cut = short.lastIndexOf('-')
  return short.slice(0, cut > 0 ? cut : LONGEST).join('')
}

/** Folded words, one space between them, without an article before or a legal form behind. */
function plain(text: string): string {
  const words = fold(text).replace(AMPERSAND, ' and ').replace(NOT_WORD, ' ').trim()
  return words.replace(LEADING, '').replace(LEGAL_FORM, '')
}
