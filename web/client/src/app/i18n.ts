import { createI18n } from 'vue-i18n'
import zh from './chinese'

export type Locale = 'zh-CN' | 'en'
export type Messages = typeof zh

const messages: Record<string, Messages> = { 'zh-CN': zh }

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages,
})

/** Switches the language; English is fetched the first time that somebody asks for it. */
export async function loadLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { default: en } = await import('./english')
    i18n.global.setLocaleMessage('en', en)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}
