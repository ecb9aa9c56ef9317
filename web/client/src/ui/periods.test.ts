import { expect, it } from 'vitest'
import { beginOf } from './periods'

it('begins periods at midnight', () => {
  const now = new Date(2026, 2, 2, 15, 30)
  expect(beginOf('today', now)).toEqual(new Date(2026, 2, 2))
  expect(beginOf('week', now)).toEqual(new Date(2026, 1, 24))
  expect(beginOf('all', now)).toBeNull()
})
