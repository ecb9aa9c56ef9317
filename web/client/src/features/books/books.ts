import { changes } from './changes.book'
import { calendar } from './calendar.book'
import { classes } from './classes.book'
import type { Book } from './column'
import { dayPlans } from './dayPlans.book'
import { recordingRules } from './recordingRules.book'
import { rooms } from './rooms.book'
import { schools } from './schools.book'
import { subjects } from './subjects.book'
import { teachers } from './teachers.book'
import { terms } from './terms.book'
import { timetable } from './timetable.book'

/** All books, in the order in which the page offers them: what others refer to first. */
export const books: readonly Book[] = [
  schools,
  rooms,
  classes,
  teachers,
  subjects,
  terms,
  dayPlans,
  calendar,
  timetable,
  recordingRules,
]

/** Any book, also the one that has no table of its own: changes of lessons are made in the week, and told in the history. */
export const bookNamed = (name: string): Book | undefined => [...books, changes].find((book) => book.name === name)
