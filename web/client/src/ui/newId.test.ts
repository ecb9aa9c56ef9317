import { expect, it } from 'vitest'
import { newId } from './newId'

it('makes a random name of version 4, each another', () => {
  const some = Array.from({ length: 100 }, newId)
  for (const one of some) expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(some).size).toBe(100)
})
