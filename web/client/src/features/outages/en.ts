import type zh from './zh-CN'

export default {
  outage: {
    out: 'The database has not been writable since {since}. Live views and their analysis go on; what needs a record, such as beginning a visit or a change, is not possible now.',
    waiting:
      '{n} lesson that has ended waits on the server’s disk and is put on record by itself.|{n} lessons that have ended wait on the server’s disk and are put on record by themselves.',
    catchingUp:
      'The database is back; {n} lesson is being put on record.|The database is back; {n} lessons are being put on record.',
  },
} satisfies typeof zh
