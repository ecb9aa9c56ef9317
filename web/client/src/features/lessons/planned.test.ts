import { describe, expect, it } from 'vitest'
import { classAndRoom, headOf, subjectOf, type Planned } from './planned'

const planned: Planned = {
  classId: 's01-c304',
  className: '三年级4班',
  subjectId: 'maths',
  subjectName: '数学',
  subjectNameEn: 'Mathematics',
  teacherId: 's01-t001',
  teacherName: '赵思华',
  period: 2,
  from: '2026-11-30T09:10:00',
  to: '2026-11-30T09:50:00',
}
const t = (key: string, values: Record<string, unknown>) => `${key} ${Object.values(values).join('-')}`

describe('what was planned for a lesson', () => {
  it('heads the lesson in the language of the reader', () => {
    expect(headOf(planned, 'zh-CN', t)).toMatch(
      /^三年级4班 · 数学 · 赵思华 · lessons.period 2 · lesson.planned .*10.*50/,
    )
    expect(headOf(planned, 'en', t)).toContain('Mathematics')
  })

  it('says nothing of what nobody planned', () => {
    expect(headOf(null, 'zh-CN', t)).toBe('')
    expect(headOf(undefined, 'zh-CN', t)).toBe('')
    const afterSchool = { ...planned, className: null, subjectName: null, teacherName: null, from: null, to: null }
    expect(headOf(afterSchool, 'zh-CN', t)).toBe('lessons.period 2')
  })

  it('names a room beside its class only where they are called otherwise', () => {
    expect(classAndRoom({ className: '三年级4班', roomName: '三年级4班' })).toBe('三年级4班')
    expect(classAndRoom({ className: '三年级4班', roomName: '科学教室' })).toBe('三年级4班 · 科学教室')
    expect(classAndRoom({ className: null, roomName: '科学教室' })).toBe('科学教室')
    expect(subjectOf({ subjectName: null, subjectNameEn: null }, 'en')).toBe('')
  })
})
