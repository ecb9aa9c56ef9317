import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { whenServerDate, whenUnauthorised } from '@/api/http'
import { usePreferences } from '@/app/preferences'
import { useSession } from '@/app/session'
import { i18n } from '@/app/i18n'
import { serverClock, startClock } from '@/live/clock'
import { live, watchPage } from '@/live/hub'
import App from '@/app/App.vue'
import { router } from '@/app/router'
import '@/styles'

const app = createApp(App).use(createPinia()).use(i18n)
const session = useSession()

/** The server no longer knows this browser: sign in again, and come back to where one was. */
function signInAgain(): void {
  if (!session.user) return
  session.forget()
  void live.stop()
  const here = router.currentRoute.value
  if (!here.meta.open) void router.push({ path: '/login', query: { back: here.fullPath, ended: '1' } })
}

whenUnauthorised(signInAgain)
whenServerDate((date) => serverClock.observe(date))
startClock()
watchPage()

await usePreferences().apply()
app.use(router).mount('#app')
