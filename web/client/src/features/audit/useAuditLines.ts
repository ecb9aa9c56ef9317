import { onMounted, shallowRef, watch, type Ref } from 'vue'
import { auditApi, type AuditFilter, type AuditLine } from './auditApi'

const portion = 100

/** The lines that match, newest first, read page by page. The newest question counts; late answers to others are dropped. */
export function useAuditLines(filter: Readonly<Ref<AuditFilter>>) {
  const lines = shallowRef<readonly AuditLine[] | null>(null)
  const next = shallowRef<number | null>(null)
  const failed = shallowRef<unknown>(null)
  const busy = shallowRef(false)
  let newest = 0

  async function read(before: number | null): Promise<void> {
    const own = ++newest
    const known = before === null ? [] : (lines.value ?? [])
    if (before === null) lines.value = null
    failed.value = null
    busy.value = true
    try {
      const page = await auditApi.lines(filter.value, before, portion)
      if (own !== newest) return
      lines.value = [...known, ...page.lines]
      next.value = page.next
    } catch (error) {
      if (own === newest) failed.value = error
    } finally {
      if (own === newest) busy.value = false
    }
  }
  const load = () => read(null)
  const older = () => read(next.value)
  onMounted(load)
  watch(filter, load)
  return { lines, next, failed, busy, load, older }
}
