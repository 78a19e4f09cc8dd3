import { expect, test } from 'vitest'
import { paging } from '#core/commands/paging.ts'

test('the first page has a next and no previous', () =>
  expect(paging('search moths', 1, 5, 12)).toEqual({
    page: { offset: 0, total: 12, next: 'search moths --page 2', previous: null },
    actions: [{ label: 'Next', command: 'search moths --page 2', primary: true, turns: true }],
  }))

test('the last page has a previous and no next', () =>
  expect(paging('search moths', 3, 5, 12).page).toEqual({ offset: 10, total: 12, next: null, previous: 'search moths --page 2' }))

test('the previous of the second page is the command itself', () =>
  expect(paging('search moths', 2, 5, 12).page.previous).toBe('search moths'))

test('a page behind the last names the last', () => {
  expect(() => paging('search moths', 4, 5, 12)).toThrow('There is no page 4: this answer has 3 pages.')
  expect(() => paging('search moths', 2, 5, 0)).toThrow('this answer has 1 page.')
})
