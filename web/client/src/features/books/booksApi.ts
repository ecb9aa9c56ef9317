import { ApiError, request } from '@/api/http'
import type { BookName, Fault, Fields, Row, Step, Use } from './types'

const id = encodeURIComponent

/** A row as an edit left it, and the step of the history that undoes it. */
export interface Edited {
  readonly row: Row
  readonly step: string
}

async function edit(method: string, book: BookName, of: string, body?: Fields): Promise<Edited> {
  let step = ''
  const row = await request<Row>(method, `/api/books/${book}${of}`, {
    body,
    onHeaders: (headers) => (step = headers.get('Xunke-Step') ?? ''),
  })
  return { row, step }
}

/** What the server answers to the books' pages. */
export const booksApi = {
  rows: async (book: BookName, schoolId?: string): Promise<readonly Row[]> =>
    (await request<{ rows: Row[] }>('GET', `/api/books/${book}${schoolId ? `?schoolId=${id(schoolId)}` : ''}`)).rows,
  add: (book: BookName, row: Fields) => edit('POST', book, '', row),
  change: (book: BookName, row: Row) => edit('PUT', book, `/${id(row.id)}`, row),
  remove: (book: BookName, row: Row) => edit('DELETE', book, `/${id(row.id)}?version=${id(row.version)}`),
  uses: async (book: BookName, rowId: string): Promise<readonly Use[]> =>
    (await request<{ uses: Use[] }>('GET', `/api/books/${book}/${id(rowId)}/uses`)).uses,
  history: async (of: {
    book?: BookName
    rowId?: string
    schoolId?: string
    before?: number
    take: number
  }): Promise<readonly Step[]> => {
    const asked = Object.entries(of).filter(([, value]) => value !== undefined)
    const query = asked.map(([name, value]) => `${name}=${id(String(value))}`).join('&')
    return (await request<{ steps: Step[] }>('GET', `/api/books/history?${query}`)).steps
  },
  /** Makes the rows of a step what they were before it. */
  undo: (step: string) => request<{ changed: number }>('POST', `/api/books/steps/${id(step)}/undo`),
}

/** What the server found wrong with a row's fields; null: the request failed for another reason. */
export function faultsOf(error: unknown): readonly Fault[] | null {
  return error instanceof ApiError && error.code === 'bad-row' && Array.isArray(error.more.faults)
    ? (error.more.faults as Fault[])
    : null
}

/** The row as somebody else has made it meanwhile; null: the request failed for another reason. */
export function changedMeanwhile(error: unknown): Row | null {
  return error instanceof ApiError && error.code === 'changed-meanwhile' && error.more.current
    ? (error.more.current as Row)
    : null
}
