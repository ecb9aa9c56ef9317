import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/http'
import { roughly } from '@/ui/format'

/** Texts that many components need. */
export function useTexts() {
  const { t, te, locale } = useI18n()

  /** "12 秒", "3 分钟": how long since, from milliseconds. */
  function since(milliseconds: number): string {
    const { unit, count } = roughly(milliseconds)
    return t(`duration.${unit}`, { n: count })
  }

  /** What to tell a person about a failed request: our own words for known codes, then the server's. */
  function errorText(error: unknown): string {
    if (!(error instanceof ApiError)) return t('error.unknown')
    if (te(`error.${error.code}`)) return t(`error.${error.code}`)
    return error.detail || t('error.status', { status: error.status })
  }

  /** Why a room shows nothing, and what to change; codes of a newer server get a general word. */
  function faultText(code: string): string {
    return te(`fault.${code}`) ? t(`fault.${code}`) : t('fault.other')
  }

  /** The same in a word or two, for where there is little room. */
  function faultWord(code: string): string {
    return te(`faultWord.${code}`) ? t(`faultWord.${code}`) : t('faultWord.other')
  }

  function schoolName(school: { name: string; nameEn: string }): string {
    return locale.value === 'en' && school.nameEn ? school.nameEn : school.name
  }

  return { since, errorText, faultText, faultWord, schoolName }
}
