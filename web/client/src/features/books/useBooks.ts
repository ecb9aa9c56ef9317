import { ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLoaded } from '@/app/loaded'
import { useSession } from '@/app/session'
import { useFresh } from '@/live/useFresh'
import { bookNamed, books } from './books'
import { referredBy } from './column'
import { useFieldText } from './fieldText'
import type { BooksPage } from './page'
import { useShelf } from './shelf'
import type { BookName, Fields } from './types'
import { useEdits } from './useEdits'

/** The book that the address names, with what its rows refer to: fetched, and fetched anew when somebody changes it. */
export function useBooks() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()

  const name = route.params.book
  const book = books.find((one) => one.name === name)
  if (!book) void router.replace('/admin/books')
  const shown = book ?? books[0]

  const ofDistrict = session.reachOf('manageBooks') === 'district'
  const own = ofDistrict ? '' : (session.user?.schoolId ?? '')
  const asked = route.query.school
  const school = ref(
    own || (typeof asked !== 'string' || (asked === 'district' && shown.scope !== 'both') ? '' : asked),
  )
  const shelf = useShelf()
  const texts = useFieldText(shelf)

  const isTimetable = shown.name === 'timetable'
  /** A school's timetable is fetched alone: that of a district has tens of thousands of lessons. */
  async function fetchRows(): Promise<true> {
    const schools = await session.loadSchools()
    if (isTimetable && !schools.some((one) => one.schoolId === school.value)) school.value = schools[0]?.schoolId ?? ''
    await Promise.all([loadOwn(), ...[...needed].map((other) => shelf.load(other, ownOf(other)))])
    return true
  }
  const loadOwn = () => shelf.load(shown.name, isTimetable ? school.value : ownOf(shown.name))
  /** Who looks after one school is sent that school's rows; a timetable needs no others' rooms and classes. */
  function ownOf(other: BookName): string | undefined {
    if (bookNamed(other)?.scope === 'district') return undefined
    return isTimetable && (other === 'rooms' || other === 'classes') ? school.value : own || undefined
  }
  const needed = new Set<BookName>(['schools', ...referredBy(shown)])
  if (shown.name === 'calendar') needed.add('terms')
  if (isTimetable) needed.add('day-plans')
  needed.delete(shown.name)

  const { value: ready, failed, load } = useLoaded(fetchRows)
  /** Shows what has changed without taking away what is there. */
  async function reload(): Promise<void> {
    await fetchRows().catch(() => {})
  }
  const edits = useEdits(shelf, texts, reload)
  useFresh(
    'books',
    () => (ready.value ? '' : null),
    () => loadOwn().catch(() => {}),
  )

  function mayEdit(row: Fields): boolean {
    if (ofDistrict) return true
    return shown.scope !== 'district' && own !== '' && row.schoolId === own
  }
  watch(school, (value) => {
    void router.replace({ query: value ? { school: value } : {} })
    if (isTimetable && ready.value) void load()
  })

  const page: BooksPage = { shelf, texts, edits, school, mayEdit }
  return { shown, ofDistrict, own, isTimetable, page, ready, failed, load }
}
