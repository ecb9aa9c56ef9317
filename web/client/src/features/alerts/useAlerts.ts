import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useFresh } from '@/live/useFresh'
import { type AlertFilter, type AlertKind, type AlertPage, type AlertQuery, alertsApi } from './alertsApi'

const filters: readonly AlertFilter[] = ['open', 'resolved', 'closed', 'all']

/** The list of alerts as the page's address asks for it, kept fresh; with what is chosen in it. */
export function useAlerts() {
  const route = useRoute()
  const router = useRouter()
  const word = (name: string) => (typeof route.query[name] === 'string' ? String(route.query[name]) : '')
  const query = computed<Required<AlertQuery>>(() => ({
    state: filters.find((one) => one === word('state')) ?? 'open',
    kind: word('kind') as AlertKind,
    schoolId: word('school'),
    page: Math.max(1, Math.trunc(Number(word('page'))) || 1),
  }))
  /** Another question begins at its first page. */
  function ask(changed: { state?: AlertFilter; kind?: string; school?: string; page?: number }): void {
    const next: Record<string, unknown> = { ...route.query, page: undefined, ...changed }
    const kept = Object.entries(next).filter(([, value]) => value)
    void router.replace({ query: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])) })
  }

  const page = shallowRef<AlertPage | null>(null)
  const failed = shallowRef<unknown>(null)
  async function load(): Promise<void> {
    const asked = query.value
    try {
      const found = await alertsApi.list(asked)
      if (asked === query.value) [page.value, failed.value] = [found, null]
    } catch (error) {
      if (asked === query.value) failed.value = error
    }
  }
  const refresh = useFresh('alerts', () => '', load)
  watch(query, () => {
    active.value = 0
    void refresh()
  })

  const rows = computed(() => page.value?.alerts ?? [])
  const pages = computed(() => Math.max(1, Math.ceil((page.value?.total ?? 0) / (page.value?.pageSize ?? 50))))
  const chosen = ref<ReadonlySet<string>>(new Set())
  const active = ref(0)
  // What has gone from the list is no longer chosen: nobody acts on what is not seen.
  watch(rows, (shown) => {
    const there = new Set(shown.map((one) => one.alertId))
    chosen.value = new Set([...chosen.value].filter((one) => there.has(one)))
    active.value = Math.min(active.value, Math.max(0, shown.length - 1))
  })
  function choose(alertId: string, is: boolean): void {
    const next = new Set(chosen.value)
    if (is) next.add(alertId)
    else next.delete(alertId)
    chosen.value = next
  }
  const chooseAll = (is: boolean) =>
    (chosen.value = new Set(is ? rows.value.filter((one) => one.mayTend).map((one) => one.alertId) : []))

  return { query, ask, page, failed, refresh, rows, pages, chosen, choose, chooseAll, active }
}
