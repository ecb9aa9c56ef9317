import type zh from './zh-CN'

export default {
  filter: {
    all: 'All',
    live: 'Live',
    stalled: 'Stalled',
    trouble: 'View disturbed',
    low: 'Low confidence',
    hands: 'Hands up',
  },
  schools: {
    title: 'My schools',
    subtitle: 'Your account is limited to these schools.',
    failed: 'The schools cannot be read',
    none: 'No schools yet',
    noneText: 'The schools that your account is limited to are not on the books. Ask an administrator.',
    rooms: '{n} room|{n} rooms',
  },
  school: {
    hour: 'This hour',
    title: 'Rooms',
    summary: '{live} live · {stalled} stalled · {rooms} rooms',
    grid: 'Rooms: arrows move, Enter opens',
    filter: 'Filter by state',
    grade: 'Grade',
    allGrades: 'All',
    search: 'Find a room',
    failed: 'The rooms could not be loaded',
    missing: 'There is no such school',
    noRooms: 'This school has no rooms on the books',
    noRoomsText: 'An administrator registers rooms first, then devices can connect.',
    noMatch: 'No room matches',
    noMatchText: 'Try other terms, or clear the filters.',
    narrowed: 'filtered',
    allOffline: 'No room is live now. Rooms light up by themselves when their devices connect.',
    offlineRooms: '{n} offline',
  },
} satisfies typeof zh
