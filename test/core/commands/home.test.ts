import { afterEach, beforeEach, expect, test } from 'vitest'
import { renderBlocks } from '#adapters/chat/terminal/render.ts'
import { homeOf } from '#core/commands/home.ts'
import { aDestination } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
})
afterEach(() => bot[Symbol.asyncDispose]())

const direct = aDestination({ channel: 'with Ada' })
const lab = aDestination({ channel: 'lab' })
const reading = aDestination({ channel: 'reading' })
const secret = aDestination({ channel: 'secret' })

async function home(channels: Parameters<typeof homeOf>[0]) {
  const { own, channels: parts } = await homeOf(channels, { ...bot.context, destination: direct })
  const text = (blocks: (typeof parts)[number]) =>
    renderBlocks(blocks, { colour: false, width: null, now: bot.context.clock.now() })
  return { own: text(own), channels: parts.map(text), blocks: own }
}

test('shows what a person follows by themselves, how it comes, and when their digest does', async () => {
  await bot.ask('follow topic moths --cadence digest', { destination: direct })
  await bot.ask('digest weekly', { destination: direct, zone: 'Europe/Berlin' })
  const { own } = await home([])
  expect(own).toContain('the topic moths · in the digest')
  expect(own).toContain('every Monday at 09:00 (Europe/Berlin); the next one on Monday, Nov 23 at 09:00, tomorrow.')
})

test('without anything says how to begin', async () => {
  const { own, channels, blocks } = await home([lab])
  expect(own).toContain('You follow nothing for yourself yet.')
  expect(own).toContain('/papers digest weekly --for me')
  expect(own).toContain('Nothing is followed in the channels you are in.')
  expect(channels).toEqual([])
  expect(blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []))).toEqual([
    { label: 'Preview my digest', command: 'digest preview --for me' },
    { label: 'Help', command: 'help' },
  ])
})

test('has a part for each of their channels that follows or has a digest, and for no other', async () => {
  await bot.ask('follow topic moths', { destination: lab })
  await bot.ask('digest daily', { destination: reading })
  await bot.ask('follow topic whistleblowers', { destination: secret })
  const { own, channels } = await home([lab, aDestination({ channel: 'empty' }), reading])
  expect(channels).toHaveLength(2)
  expect(channels[0]).toContain('the topic moths · at once and in the digest')
  expect(channels[0]).toContain('No digest.')
  expect(channels[1]).toContain('Nothing is followed there.')
  expect(channels[1]).toContain('every day at 09:00 (UTC)')
  expect([own, ...channels].join()).not.toContain('whistleblowers')
})

test('says what keeps papers from coming', async () => {
  await bot.ask('follow topic moths', { destination: lab })
  await bot.ask('pause', { destination: lab })
  await bot.context.store.channels.set(reading, {
    suspension: { since: '2026-11-01T00:00:00Z', why: 'gone', message: 'is_archived' },
  })
  await bot.ask('digest daily', { destination: reading })
  const { channels } = await home([lab, reading])
  expect(channels[0]).toContain('Posts there are paused until someone resumes, by Ada.')
  expect(channels[1]).toContain('Nothing can be posted there: the channel is gone or archived')
})

test('of many follows names some, and how many more there are', async () => {
  for (let at = 1; at <= 8; at++) await bot.ask(`follow topic moths${at}`, { destination: lab })
  const { channels } = await home([lab])
  expect(channels[0]).toContain('and 3 more: /papers following')
})

test('says where nobody tells which channels they are in', async () => {
  expect((await home(undefined)).own).toContain('does not tell Paperboy at this moment which channels you are in')
})
