// The contract of installations: one a workspace of a platform, and nobody else's.
import { describe, expect } from 'vitest'
import type { Installation } from '#core/ports/installation-store.ts'
import { LATER, NOON, type OpenStore, storeTest } from './opening.ts'

const OURS: Installation = {
  platform: 'slack',
  workspace: 'T1',
  name: 'A Lab',
  token: 'xoxb-1',
  botUser: 'U0BOT',
  scopes: ['commands', 'chat:write'],
  by: 'U1',
  at: NOON,
}
/** Each differs from OURS in one part of what tells workspaces apart. */
const OTHERS: readonly Installation[] = [
  { ...OURS, platform: 'discord', token: 'discord-1' },
  { ...OURS, workspace: 'T2', token: 'xoxb-2' },
]

export function installationContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('an installation', () => {
    test('is kept as it was given, who installed it only where that is known', async ({ installations }) => {
      const { by: _by, ...anonymous } = { ...OURS, workspace: 'T3', scopes: [] }
      await installations.put(OURS)
      await installations.put(anonymous)
      expect(await installations.get(OURS)).toEqual(OURS)
      expect(await installations.get(anonymous)).toStrictEqual(anonymous)
    })

    test('is one a workspace: a new one replaces all of the one before', async ({ installations }) => {
      const { by: _by, ...again } = { ...OURS, name: 'Our Lab', token: 'xoxb-9', botUser: 'U9', scopes: ['commands'], at: LATER }
      await installations.put(OURS)
      await installations.put(again)
      expect(await installations.get(OURS)).toStrictEqual(again)
      expect(await installations.all('slack')).toStrictEqual([again])
    })

    test('is never seen, replaced or forgotten with another platform’s or workspace’s', async ({ installations }) => {
      for (const other of OTHERS) await installations.put(other)
      expect(await installations.get(OURS)).toBeUndefined()
      await installations.put(OURS)
      for (const other of OTHERS) expect(await installations.get(other)).toEqual(other)
      expect(await installations.remove(OURS)).toBe(true)
      for (const other of OTHERS) expect(await installations.get(other)).toEqual(other)
    })

    test('is forgotten once, and may come again', async ({ installations }) => {
      expect(await installations.remove(OURS)).toBe(false)
      await installations.put(OURS)
      expect(await installations.remove(OURS)).toBe(true)
      expect(await installations.remove(OURS)).toBe(false)
      expect(await installations.get(OURS)).toBeUndefined()
      await installations.put(OURS)
      expect(await installations.get(OURS)).toEqual(OURS)
    })

    test('is not forgotten with the one that it replaced', async ({ installations }) => {
      const again = { ...OURS, token: 'xoxb-9', at: LATER }
      await installations.put(OURS)
      await installations.put(again)
      expect(await installations.remove(OURS)).toBe(false)
      expect(await installations.get(OURS)).toEqual(again)
      expect(await installations.remove(again)).toBe(true)
      expect(await installations.get(OURS)).toBeUndefined()
    })

    test('is listed by its workspace, among those of its platform', async ({ installations }) => {
      for (const workspace of ['T2', 'T10', 'T1']) await installations.put({ ...OURS, workspace })
      for (const other of OTHERS.slice(0, 1)) await installations.put(other)
      expect((await installations.all('slack')).map(({ workspace }) => workspace)).toEqual(['T1', 'T10', 'T2'])
      expect(await installations.all('discord')).toEqual([OTHERS[0]])
      expect(await installations.all('terminal')).toEqual([])
    })

    test('is not there where the transaction that brought it failed', async (store) => {
      const failing = store.transaction(async (parts) => {
        await parts.installations.put(OURS)
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await store.installations.get(OURS)).toBeUndefined()
    })
  })
}
