import { computed, ref } from 'vue'
import { useMedia } from '@/ui/useMedia'
import { type CalendarDay, dayOf } from './calendarYear'
import { addMonths, type Month, schoolYearOf, today, weeksOfMonth } from '@/ui/days'
import { useBooksPage } from './page'
import type { CalendarRow, TermRow } from './types'

/** The months that are shown: a school year, or on a phone one at a time. */
export function useYear() {
  const { shelf, texts, school } = useBooksPage()
  const { t } = texts

  const now = today()
  const narrow = useMedia('(max-width: 700px)')
  const first = ref<Month>(schoolYearOf(now))
  const at = ref((Number(now.slice(5, 7)) + 4) % 12)

  const rows = computed(() =>
    (shelf.rows('calendar') as readonly CalendarRow[]).filter(
      (row) => row.schoolId === null || row.schoolId === school.value,
    ),
  )
  const terms = computed(() => shelf.rows('terms') as readonly TermRow[])
  const months = computed(() =>
    Array.from({ length: 12 }, (_, index) => addMonths(first.value, index))
      .filter((_, index) => !narrow.value || index === at.value)
      .map((month) => ({
        ...month,
        weeks: weeksOfMonth(month).map((week) => week.map((day) => day && dayOf(day, rows.value, terms.value))),
      })),
  )
  const days = computed(() =>
    months.value.flatMap(({ weeks }) => weeks.flat().filter((day): day is CalendarDay => day !== null && day !== '')),
  )
  /** The day that Tab reaches: today where it is shown. */
  const entry = computed(() => (days.value.some(({ day }) => day === now) ? now : (days.value[0]?.day ?? '')))

  function move(by: number): void {
    if (!narrow.value) {
      first.value = addMonths(first.value, by * 12)
      return
    }
    const next = at.value + by
    if (next < 0 || next > 11) first.value = addMonths(first.value, by * 12)
    at.value = (next + 12) % 12
  }
  const monthName = ({ year, month }: Month) => t('books.calendar.month', { year, month })
  const span = computed(() =>
    narrow.value
      ? monthName(addMonths(first.value, at.value))
      : t('books.calendar.year', { from: monthName(first.value), to: monthName(addMonths(first.value, 11)) }),
  )

  return { now, months, entry, span, monthName, move }
}
