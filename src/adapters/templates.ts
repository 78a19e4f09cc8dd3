// Templates: Markdown with Handlebars → blocks. The order: read the file, check it, fill in marks for values, read the Markdown,
// put the values in. All of it happens in a thread of its own, which is ended where it takes too long.
import type { Templates } from '#core/ports/templates.ts'
import type { Block } from '#core/reply.ts'
import { createTemplateFiles } from './templates/files.ts'
import { openRenderThread } from './templates/render-thread.ts'
import { createRenderer } from './templates/renderer.ts'
import { alertView, cardOf, digestView, type View } from './templates/view.ts'

export interface TemplatesOptions {
  /** Where the operator's templates lie; the first folder that has a file of the name gives it, ours comes last. */
  readonly folders?: readonly string[]
  /** Nobody else waits for this process: it is a terminal's, a pipe's, or ends after one pass. */
  readonly alone?: boolean
}

/**
 * Files are read at each rendering, so a change of one is seen at once. The thread starts with the first rendering. There is
 * none where nobody waits and no template but ours can be meant, which never get near a limit: to start one would double
 * the time that a pipe takes for its digest.
 */
export function createTemplates({ folders = [], alone = false }: TemplatesOptions = {}): Templates {
  const files = createTemplateFiles(folders)
  const draw = alone && folders.length === 0 ? createRenderer(folders) : openRenderThread({ folders })

  async function render(template: string, { values, papers }: View): Promise<readonly Block[]> {
    const rows = Object.values(values).reduce((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0)
    const drawn = await draw({ template, values, rows })
    return drawn.flatMap((block): Block[] => {
      if (block.kind !== 'card' || !('number' in block)) return [block]
      const paper = papers[block.number]
      return paper ? [cardOf(paper, block.form)] : []
    })
  }

  return {
    digest: (template, model) => render(template, digestView(model)),
    alert: (model) => render('alert', alertView(model)),
    hash: (template) => files.hash(template),
    names: () => files.names(),
  }
}
