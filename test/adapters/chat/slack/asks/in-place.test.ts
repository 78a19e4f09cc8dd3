import { expect, test } from 'vitest'
import { isPageOfMany } from '#adapters/chat/slack/asks/button.ts'

const page = { offset: 0, total: 15, next: null, previous: null }

test('a page takes the place of the one whose button was pressed, also the last one', () => {
  expect(isPageOfMany({ page: { ...page, next: 'search moths --page 2' } })).toBe(true)
  expect(isPageOfMany({ page: { ...page, offset: 10, previous: 'search moths --page 2' } })).toBe(true)
})

test('the details of a paper leave the list or the alert they were asked from where it is', () => {
  expect(isPageOfMany({ page: { ...page, total: 1 } })).toBe(false)
  expect(isPageOfMany({})).toBe(false)
})
