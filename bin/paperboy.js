#!/usr/bin/env node
// Starts Paperboy: refuses a Node that cannot run it, sees to a quick start, then hands over to src/main.ts.
import module from 'node:module'

const [major = 0] = process.versions.node.split('.').map(Number)

if (major < 26) {
  console.error(`Paperboy needs Node 26 or newer; this is ${process.version}.`)
  console.error('Run it through npm, which brings its own Node: npm start, or npx paperboy.')
  console.error('Where npm was told to run no scripts, it has not brought it yet: npm rebuild node')
  process.exit(1)
}

module.enableCompileCache()
// zod loads its messages in sixty languages with itself, two thirds of its files, asked for by two of them; here it speaks English, which is elsewhere.
let left = ['classic/external.js', 'core/index.js']
const hooks = module.registerHooks({
  resolve(name, context, next) {
    if (name !== '../locales/index.js' || !context.parentURL?.includes('/zod/')) return next(name, context)
    left = left.filter((file) => !context.parentURL.endsWith(file))
    // Both have asked: every later require, and libraries have some in each request, would go through this.
    if (left.length === 0) hooks.deregister()
    return { url: 'data:text/javascript,', format: 'module', shortCircuit: true }
  },
})
const { main } = await import('../src/main.ts')
process.exitCode = await main(process.argv.slice(2))
// Everything is closed by now; what Node would still wait for is only its own tidying up.
if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit()
