import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { i18n } from '@/app/i18n'
import { roomView } from '@/live/testViews'
import { useRoomProvenance } from './provenance'

function provenance(): ReturnType<typeof useRoomProvenance> {
  let found!: ReturnType<typeof useRoomProvenance>
  mount(defineComponent({ setup: () => ((found = useRoomProvenance()), () => null) }), { global: { plugins: [i18n] } })
  return found
}

it('a count and the place of the teacher have their sampling interval and the rule that the server names', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Response.json({ teacher: 'teacher-place/7', handsRaised: 'hand-raised/8 · vote/9' })),
  )
  const { teacher, count } = provenance()
  const view = roomView('s01-101', { state: 'live', teacher: 'amongPupils', intervalMilliseconds: 1500 })
  const rows = (shown: ReturnType<typeof teacher>) => shown.rows.slice(-2).map((row) => `${row.name} ${row.value}`)

  expect(teacher(view).value).toBe('学生中间')
  await vi.waitFor(() => expect(rows(teacher(view))).toEqual(['取样间隔 1.5 秒', '公式版本 teacher-place/7']))
  expect(rows(count(view, 'handsRaised'))).toEqual(['取样间隔 1.5 秒', '公式版本 hand-raised/8 · vote/9'])
  expect(rows(count(view, 'people')).at(-1)).toBe('取样间隔 1.5 秒')
})

it('a room that was not sampled yet has no interval', () => {
  const shown = provenance().count(roomView('s01-101', { intervalMilliseconds: 0 }), 'people')
  expect(shown.rows.map((row) => row.name)).not.toContain('取样间隔')
})
