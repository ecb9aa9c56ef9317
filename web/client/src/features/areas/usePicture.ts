import { onUnmounted, ref, shallowRef } from 'vue'
import { api } from '@/api'

/** The picture to draw on. It lives in this page's memory and goes with it. */
export function usePicture(roomId: string) {
  const url = ref<string | null>(null)
  const aspect = ref(16 / 9)
  const busy = ref(false)
  const failed = shallowRef<unknown>(null)
  const gone = new AbortController()

  async function load(): Promise<void> {
    busy.value = true
    failed.value = null
    try {
      const picture = await api.areasPicture(roomId, gone.signal)
      const size = await createImageBitmap(picture)
      aspect.value = size.width / size.height
      size.close()
      show(URL.createObjectURL(picture))
    } catch (error) {
      failed.value = error
    } finally {
      busy.value = false
    }
  }
  function show(next: string | null): void {
    if (url.value) URL.revokeObjectURL(url.value)
    url.value = next
  }
  onUnmounted(() => {
    gone.abort()
    show(null)
  })

  return { url, aspect, busy, failed, load }
}
