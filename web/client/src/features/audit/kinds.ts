/** The kinds of actions that a person chooses from, by how their actions begin. */
export const kinds = {
  looks: ['look.'],
  visits: ['visit.', 'patrol.'],
  alerts: ['alert.', 'rectification.'],
  recordings: ['recording.', 'booking.'],
  signIns: ['session.'],
  accounts: ['account.', 'machine.'],
  lessons: ['review.', 'lesson.', 'observation.', 'form.'],
  books: ['books.', 'calendar.'],
  rooms: ['camera.', 'areas.', 'key.', 'keys.', 'room.'],
  rules: ['visit-policy.', 'clock.'],
  deletions: ['retention.', 'recording.deleted', 'recording.expired', 'lessons.expired', 'books.deleted'],
  trail: ['audit.', 'look.audit', 'data.'],
} as const satisfies Record<string, readonly string[]>

export type Kind = keyof typeof kinds

/** As the server is asked for a kind. */
export function actionsOf(kind: Kind | ''): string | undefined {
  return kind ? kinds[kind].join(',') : undefined
}

/** The first instant of a day as a date field gives it, in this browser's time zone; so many days later. */
export function dayBegins(date: string, later = 0): string | undefined {
  const [year, month, day] = date.split('-').map(Number)
  return year && month && day ? new Date(year, month - 1, day + later).toISOString() : undefined
}
