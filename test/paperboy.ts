// Runs the program as a person does: a process of its own, in a folder of its own, with what is typed into it.
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { NO_SOURCES } from '#bench/bot.ts'

const bin = fileURLToPath(new URL('../bin/paperboy.js', import.meta.url))
const cache = join(tmpdir(), 'paperboy-compile-cache')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A new installation: calls share its database, and nothing of the tester's own environment is looked at. */
export function install(variables: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-'))
  const env = { PATH: process.env.PATH, HOME: folder, TZ: 'UTC', NODE_COMPILE_CACHE: cache, ...NO_SOURCES, ...variables }
  function startScript(script: string, ...args: string[]) {
    return spawn(process.execPath, [script, ...args], { cwd: folder, env })
  }
  function start(...args: string[]) {
    return startScript(bin, ...args)
  }
  async function run(args: readonly string[], typed = ''): Promise<Ended> {
    const child = start(...args)
    child.stdin.end(typed)
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.on('close', resolve)),
    ])
    return { code, stdout, stderr }
  }
  return {
    folder,
    start,
    /** Another program than paperboy's own, in the same folder and environment. */
    startScript,
    run,
    /** `ask`, as the object that --json prints. */
    async ask(line: string, ...more: string[]) {
      return JSON.parse((await run(['ask', line, '--json', ...more])).stdout)
    },
  }
}
