import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether a media query holds, such as '(max-width: 700px)'. */
export function useMedia(query: string): Ref<boolean> {
  const list = window.matchMedia(query)
  const holds = ref(list.matches)
  const listen = (event: MediaQueryListEvent) => (holds.value = event.matches)
  list.addEventListener('change', listen)
  onScopeDispose(() => list.removeEventListener('change', listen))
  return holds
}
