import { onBeforeUnmount, shallowRef, watch, type WatchSource } from 'vue'

/**
 * A value worked out from live data, but no more often than `everyMs`: a wall sorted by a figure that moves each second
 * would never stand still. What a person asks for (`asked`) takes effect at once.
 */
export function useCalm<T>(read: () => T, moving: WatchSource, asked: WatchSource, everyMs = 3000) {
  const value = shallowRef(read())
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Date.now()

  const renew = () => {
    clearTimeout(timer)
    timer = undefined
    last = Date.now()
    value.value = read()
  }
  watch(asked, renew)
  watch(moving, () => {
    if (timer !== undefined) return
    timer = setTimeout(renew, Math.max(0, last + everyMs - Date.now()))
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return { value, renew }
}
