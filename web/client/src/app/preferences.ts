import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { VisitMedia } from '@/api/types'
import { refreshPalette } from '@/poses/palette'
import { loadLocale, type Locale } from './i18n'

export type Theme = 'auto' | 'light' | 'dark'
export type Density = 'roomy' | 'dense'

function stored<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
  const value = localStorage.getItem(`xunke.${name}`)
  return allowed.includes(value as T) ? (value as T) : fallback
}

/** What this browser likes; nothing of it leaves the browser. */
export const usePreferences = defineStore('preferences', () => {
  const locale = ref<Locale>(stored('locale', ['zh-CN', 'en'], 'zh-CN'))
  const theme = ref<Theme>(stored('theme', ['auto', 'light', 'dark'], 'auto'))
  const density = ref<Density>(stored('density', ['roomy', 'dense'], 'roomy'))
  const overlay = ref(stored('overlay', ['on', 'off'], 'on') === 'on')
  const sound = ref(stored('sound', ['on', 'off'], 'on') === 'on')

  /** How the last visit was opened. */
  const media = ref<VisitMedia>(stored('media', ['both', 'video', 'audio'], 'both'))

  const system = window.matchMedia('(prefers-color-scheme: dark)')
  function applyTheme(): void {
    const dark = theme.value === 'dark' || (theme.value === 'auto' && system.matches)
    document.documentElement.classList.toggle('dark', dark)
    refreshPalette()
  }
  system.addEventListener('change', applyTheme)

  watch(theme, (value) => {
    localStorage.setItem('xunke.theme', value)
    applyTheme()
  })
  watch(locale, (value) => {
    localStorage.setItem('xunke.locale', value)
    void loadLocale(value)
  })
  watch(density, (value) => localStorage.setItem('xunke.density', value))
  watch(overlay, (value) => localStorage.setItem('xunke.overlay', value ? 'on' : 'off'))
  watch(sound, (value) => localStorage.setItem('xunke.sound', value ? 'on' : 'off'))

  watch(media, (value) => localStorage.setItem('xunke.media', value))

  async function apply(): Promise<void> {
    applyTheme()
    await loadLocale(locale.value)
  }

  return { locale, theme, density, overlay, sound, media, apply }
})
