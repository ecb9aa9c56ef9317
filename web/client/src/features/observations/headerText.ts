import type { Header } from './observationsApi'

/** What an observation is of, in a line: class, subject, teacher, period. */
export function lessonText(
  header: Header,
  locale: string,
  t: (key: string, values: Record<string, unknown>) => string,
) {
  return [
    header.className ?? header.roomName,
    locale === 'en' ? header.subjectNameEn : header.subjectName,
    header.teacherName,
    header.period === null ? '' : t('lessons.period', { n: header.period }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The form, as it was called then. */
export const formText = (header: Header, locale: string): string =>
  locale === 'en' && header.formNameEn ? header.formNameEn : header.formName
