import type { LessonView, WantedChange } from '@/features/timetable/timetableApi'

/** What somebody has filled in so far about a lesson that is to change. */
export interface Draft {
  kind: 'substituted' | 'moved' | 'swap' | 'cancelled' | 'elsewhere'
  span: 'once' | 'until' | 'always'
  lastDay: string
  teacherId: string | null
  roomId: string | null
  newDate: string
  newPeriod: number | null
  /** The lesson that it changes places with: its entry and its date without changes, "entry date". */
  partner: string
  reason: string
}

export const emptyDraft = (): Draft => ({
  kind: 'substituted',
  span: 'once',
  lastDay: '',
  teacherId: null,
  roomId: null,
  newDate: '',
  newPeriod: null,
  partner: '',
  reason: '',
})

export const partnerKey = (lesson: LessonView): string => `${lesson.entryId} ${lesson.unchanged.date}`

/** The change as the server takes it; null: something is missing yet. */
export function wantedOf(draft: Draft, lesson: LessonView, schoolId: string): WantedChange | null {
  if (draft.span === 'until' && !draft.lastDay) return null
  const base = {
    schoolId,
    entryId: lesson.entryId,
    date: lesson.unchanged.date,
    goesOn: draft.span !== 'once',
    lastDay: draft.span === 'until' ? draft.lastDay : undefined,
    reason: draft.reason.trim() || undefined,
  }
  switch (draft.kind) {
    case 'substituted':
      return draft.teacherId
        ? { ...base, kind: 'substituted', teacherId: draft.teacherId, roomId: draft.roomId ?? undefined }
        : null
    case 'moved': {
      const [newDate, newPeriod, roomId] = [
        draft.newDate || undefined,
        draft.newPeriod ?? undefined,
        draft.roomId ?? undefined,
      ]
      return newDate || newPeriod || roomId ? { ...base, kind: 'moved', newDate, newPeriod, roomId } : null
    }
    case 'swap': {
      const [entryId, date] = draft.partner.split(' ')
      return entryId && date ? { ...base, kind: 'moved', with: { entryId, date } } : null
    }
    default:
      return { ...base, kind: draft.kind }
  }
}
