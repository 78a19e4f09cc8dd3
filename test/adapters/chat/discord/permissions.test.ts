import { readFileSync } from 'node:fs'
import { PermissionsBitField } from 'discord.js'
import { expect, test } from 'vitest'
import { serverInvite, userInvite } from '#adapters/chat/discord/invite.ts'
import { PERMISSIONS } from '#adapters/chat/discord/permissions.ts'

const PERMISSION_ROW = /^\| \*\*([A-Z][A-Za-z ]+)\*\* \|/gm

test('the invite asks for the permissions of the table, and for no others', () => {
  const link = new URL(serverInvite('1000000000000000001'))
  expect(link.searchParams.get('scope')).toBe('bot applications.commands')
  expect(link.searchParams.get('client_id')).toBe('1000000000000000001')
  expect(new PermissionsBitField(BigInt(link.searchParams.get('permissions') ?? 0)).toArray().sort()).toEqual([
    'AttachFiles',
    'CreatePublicThreads',
    'ReadMessageHistory',
    'SendMessages',
    'SendMessagesInThreads',
    'ViewChannel',
  ])
})

test('for one person it asks for commands alone', () => {
  const link = new URL(userInvite('1000000000000000001'))
  expect(Object.fromEntries(link.searchParams)).toEqual({
    client_id: '1000000000000000001',
    integration_type: '1',
    scope: 'applications.commands',
  })
})

test('docs/discord.md explains every permission, and no others', () => {
  const table = [...readFileSync('docs/discord.md', 'utf8').matchAll(PERMISSION_ROW)].map(([, name]) => name)
  expect(table.sort()).toEqual(PERMISSIONS.map(({ name }) => name).sort())
})
