import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { i18n } from '@/i18n'
import { roomView } from '@/testing/views'
import { useRoomProvenance } from './provenance'

function provenance(): ReturnType<typeof useRoomProvenance> {
  let found!: ReturnType<typeof useRoomProvenance>
  mount(defineComponent({ setup: () => ((found = useRoomProvenance()), () => null) }), { global: { plugins: [i18n] } })
  return found
}

it('the place of a live teacher has its sampling interval and its rule', () => {
  const shown = provenance().teacher(roomView('s01-101', { state: 'live', teacher: 'amongPupils', intervalMilliseconds: 1500 }))
  expect(shown.value).toBe('学生中间')
  expect(shown.rows.slice(1).map((row) => `${row.name} ${row.value}`)).toEqual(['取样间隔 1.5 秒', '公式版本 teacher-place/1'])
})

it('a room that was not sampled yet has no interval', () => {
  const shown = provenance().count(roomView('s01-101', { intervalMilliseconds: 0 }), 'people')
  expect(shown.rows.map((row) => row.name)).not.toContain('取样间隔')
})
