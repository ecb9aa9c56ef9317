import type { RouteLocationNormalized } from 'vue-router'

/** Where sign-in leads back to; only paths of this application count. */
export function backFrom(route: RouteLocationNormalized): string | null {
  const back = route.query.back
  return typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : null
}
