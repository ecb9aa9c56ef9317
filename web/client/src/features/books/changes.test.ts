import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { ApiError } from '@/api/http'
import { i18n } from '@/app/i18n'
import { lesson } from '@/features/timetable/testWeek'
import { type LessonChange, timetableApi } from '@/features/timetable/timetableApi'
import ChangeDialog from './ChangeDialog.vue'
import { emptyDraft, wantedOf } from './changeDraft'
import { outcomeOf, spanOf, told } from './changeTexts'
import { type BooksPage, booksPage } from './page'

const change = (id: string, changes: Partial<LessonChange> = {}): LessonChange => ({
  id,
  kind: 'moved',
  firstDay: '2026-10-12',
  lastDay: '2026-10-12',
  teacherName: null,
  roomName: null,
  newDate: null,
  newWeekday: null,
  newPeriod: null,
  reason: null,
  madeAt: '2026-10-01T08:00:00Z',
  entry: {
    entryId: id,
    classId: '3a',
    className: '三年级1班',
    subjectId: 'maths',
    subjectName: '数学',
    subjectNameEn: 'Maths',
    teacherId: 'wang',
    teacherName: '王老师',
    roomName: null,
    weekday: 1,
    period: 1,
    firstWeek: 1,
    lastWeek: null,
    rotation: 1,
    turns: 1,
    date: null,
  },
  ...changes,
})
const { t } = i18n.global
const translate = (key: string, values?: Record<string, unknown>) => t(key, values ?? {})

describe('changes of lessons', () => {
  it('are listed with a swap as one', () => {
    const later = change('c', { madeAt: '2026-10-02T08:00:00Z' })
    const [a, b] = [change('a'), change('b')]
    expect(told([a, b, later])).toEqual([
      { change: a, partner: b },
      { change: later, partner: null },
    ])
  })

  it('say what becomes of the lesson, and for how long', () => {
    const moved = change('a', { lastDay: null, newWeekday: 3, newPeriod: 2, roomName: '实验室' })
    expect(outcomeOf(moved, translate)).toBe('周三 第 2 节 · 实验室')
    expect(spanOf(moved, translate)).toBe('2026-10-12 起')
    expect(spanOf(change('b', { lastDay: '2026-10-26' }), translate)).toBe('2026-10-12 至 2026-10-26')
  })

  it('are sent once all is said that is needed', () => {
    const draft = emptyDraft()
    expect(wantedOf(draft, lesson(), 's01')).toBeNull()
    expect(wantedOf({ ...draft, kind: 'cancelled', reason: ' ' }, lesson(), 's01')).toMatchObject({
      kind: 'cancelled',
      date: '2026-10-12',
      goesOn: false,
      reason: undefined,
    })
    expect(wantedOf({ ...draft, kind: 'swap', partner: 'e2 2026-10-14' }, lesson(), 's01')).toMatchObject({
      kind: 'moved',
      with: { entryId: 'e2', date: '2026-10-14' },
    })
    expect(wantedOf({ ...draft, kind: 'elsewhere', span: 'until' }, lesson(), 's01')).toBeNull()
  })
})

describe('the dialog of a change', () => {
  const tell = vi.fn()
  let shown: ReturnType<typeof mount>

  beforeEach(() => {
    vi.restoreAllMocks()
    setActivePinia(createPinia())
    const page = {
      shelf: { rows: () => [], find: () => undefined },
      texts: { t, locale: i18n.global.locale, rowName: (_: string, id: string) => id },
      edits: { tell },
      school: ref('s01'),
      mayEdit: () => true,
    } as unknown as BooksPage
    shown = mount(ChangeDialog, {
      props: { lesson: null, schoolId: 's01' },
      attachTo: document.body,
      global: { plugins: [i18n], provide: { [booksPage as symbol]: page } },
    })
  })
  afterEach(() => {
    shown.unmount()
    document.body.innerHTML = ''
  })
  const button = (text: string) =>
    [...document.querySelectorAll<HTMLButtonElement>('.el-dialog button')].find(
      (one) => one.textContent.trim() === text,
    )
  async function press(text: string): Promise<void> {
    button(text)!.click()
    await flushPromises()
  }

  it('says what is taken, and does it anyway where that may be', async () => {
    const asked = vi.spyOn(timetableApi, 'change').mockRejectedValueOnce(
      new ApiError(409, 'taken', '…', null, {
        mayGoAnyway: true,
        clashes: [{ kind: 'room', name: '实验室', lesson: lesson(), other: lesson({ className: '五年级2班' }) }],
      }),
    )
    asked.mockResolvedValueOnce({ step: 'step-1', ids: ['c1'] })
    await shown.setProps({ lesson: lesson() })
    await flushPromises()
    await press('停课')
    document.querySelector<HTMLFormElement>('#change')!.requestSubmit()
    await flushPromises()
    expect(document.querySelector('[role=alert]')?.textContent).toContain(
      '实验室 2026-10-12 第1节 已有课：五年级2班 数学',
    )
    await press('仍然这样安排')
    expect(asked.mock.calls.map(([wanted]) => wanted.anyway)).toEqual([false, true])
    expect(tell).toHaveBeenCalledWith(
      expect.stringContaining('已安排停课'),
      expect.objectContaining({ step: 'step-1' }),
    )
    expect(shown.emitted('done')).toHaveLength(1)
  })

  it('takes back what was made before', async () => {
    const asked = vi.spyOn(timetableApi, 'takeBack').mockResolvedValue({ step: 'step-2', ids: ['c1'] })
    await shown.setProps({ lesson: lesson({ change: 'moved', changeId: 'c1' }) })
    await flushPromises()
    await press('撤回')
    expect(asked).toHaveBeenCalledWith('c1')
    expect(shown.emitted('done')).toHaveLength(1)
  })
})
