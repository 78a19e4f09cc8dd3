// One rendering, from the template's name to what it draws: in whichever thread it is called.
import { type Drawn, draw } from './draw.ts'
import { createTemplateFiles, fileName } from './files.ts'
import { fill } from './fill.ts'
import { createMarkdown } from './markdown.ts'
import { readTree, type Tree } from './tree.ts'
import { limitsFor } from './written.ts'

const MOST_KEPT = 100

export interface RenderRequest {
  readonly template: string
  readonly values: object
  /** How many papers and other rows there are in the values' lists. */
  readonly rows: number
}

/** Files are read at each rendering, so that a change is seen at once. Rejects with ConfigError naming the file and the line. */
export function createRenderer(folders: readonly string[]): (request: RenderRequest) => Promise<Drawn[]> {
  const files = createTemplateFiles(folders)
  const markdown = createMarkdown()
  const kept = new Map<string, Tree>()

  async function treeOf(name: string): Promise<Tree> {
    const text = await files.read(name)
    const known = kept.get(name)
    if (known && (await isSame(known, text))) return known
    const tree = await readTree(fileName(name), text, (partial) => files.read(partial, 'partial'))
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(name, tree)
    return tree
  }

  async function isSame({ text: before, partials }: Tree, text: string): Promise<boolean> {
    if (before !== text) return false
    for (const [partial, was] of partials) if ((await files.read(partial, 'partial').catch(() => undefined)) !== was) return false
    return true
  }

  return async ({ template, values, rows }) => {
    const { parts } = await treeOf(template)
    const limits = limitsFor(rows)
    return draw(fill(parts, values, limits), limits, markdown())
  }
}
