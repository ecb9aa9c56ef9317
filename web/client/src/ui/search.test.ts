import { describe, expect, it } from 'vitest'
import { matchesSearch } from './search'

describe('matchesSearch', () => {
  it('forgives case, width and spaces', () => {
    expect(matchesSearch('初一（3）', '初一(3)班')).toBe(true)
    expect(matchesSearch(' no.1 ', 'Qinglan No. 1 Junior High')).toBe(true)
    expect(matchesSearch('二中', '第一中学')).toBe(false)
  })
})
