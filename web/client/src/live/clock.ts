import { shallowRef } from 'vue'

/**
 * The server's clock as seen from here. Ages on the wall come from the server's times; a wall computer whose clock is
 * minutes off must not show wrong ages. Answers arrive late, never early, so the smallest difference is the nearest.
 */
export class ServerClock {
  private skew: number | null = null

  /** Learns from one time stamp that the server has just written. */
  observe(serverMs: number, localMs: number = Date.now()): void {
    const skew = localMs - serverMs
    if (this.skew === null || skew < this.skew || skew - this.skew > 60_000) this.skew = skew
  }

  now(localMs: number = Date.now()): number {
    return localMs - (this.skew ?? 0)
  }
}

export const serverClock = new ServerClock()

/** The server's time, ticking once a second for everything that shows an age. */
export const now = shallowRef(serverClock.now())

/** Starts the one ticker of the application. */
export function startClock(): void {
  setInterval(() => {
    if (!document.hidden) now.value = serverClock.now()
  }, 1000)
}
