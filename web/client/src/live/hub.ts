import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr'
import { api } from '@/api'
import { LiveConnection, type Hub } from './connection'

function build(): Hub {
  const hub = new HubConnectionBuilder().withUrl('/hubs/live').configureLogging(LogLevel.None).build()
  // The server pings every few seconds; silence this long means that the way there is dead even if nothing said so.
  hub.serverTimeoutInMilliseconds = 15_000
  hub.keepAliveIntervalInMilliseconds = 5_000
  return hub
}

/** The application's live connection. */
export const live = new LiveConnection(build(), api.checkSession)

/** Wakes the connection when the network or the page comes back. */
export function watchPage(): void {
  window.addEventListener('online', () => live.nudge())
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) live.resync()
  })
}
