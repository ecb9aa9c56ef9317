import { computed, shallowRef } from 'vue'
import { matchesSearch } from './search'

/** Fetched when the first Latin letter is typed: it has a dictionary of all characters. */
const pinyin = shallowRef<((search: string, name: string) => boolean) | null>(null)
let fetching = false

/** Whether names can be found by pinyin now. */
export const spells = computed(() => pinyin.value !== null)

async function fetchPinyin(): Promise<void> {
  if (fetching || pinyin.value) return
  fetching = true
  try {
    pinyin.value = (await import('./pinyin')).matchesPinyin
  } catch {
    // Without a network characters are still found; the next letter tries again.
  } finally {
    fetching = false
  }
}

/**
 * Matches names by characters, pinyin and initials. Each word that is typed must be in one of the names. Reactive: what was
 * searched before the dictionary came is searched again.
 */
export function matchesName(search: string, ...names: string[]): boolean {
  const words = search.trim().split(/\s+/)
  const byPinyin = pinyin.value
  if (!byPinyin && /[a-zü]/i.test(search)) void fetchPinyin()
  return words.every(
    (word) => matchesSearch(word, ...names) || (byPinyin !== null && names.some((name) => byPinyin(word, name))),
  )
}
