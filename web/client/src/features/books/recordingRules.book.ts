import type { Book } from './column'
import { asText } from './types'

export const recordingRules: Book = {
  name: 'recording-rules',
  scope: 'school',
  columns: [
    { field: 'schoolId', kind: 'reference', book: 'schools', onlyNew: true },
    { field: 'askers', kind: 'choice', choices: ['teachersAndInspectors', 'teachers', 'inspectors', 'nobody'] },
    {
      field: 'approval',
      kind: 'choice',
      choices: ['school', 'principal', 'schoolAdministrator', 'district', 'notNeeded'],
    },
    { field: 'longestMinutes', kind: 'number', least: 1, most: 480 },
    { field: 'keepDays', kind: 'number', least: 1, most: 3650, optional: true },
  ],
  blank: (schoolId) => ({
    schoolId,
    askers: 'teachersAndInspectors',
    approval: 'school',
    longestMinutes: 90,
    keepDays: null,
  }),
  title: (row) => asText(row.schoolId),
}
