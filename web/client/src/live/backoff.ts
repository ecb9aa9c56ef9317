/** Waits between attempts: doubling from half a second to a ceiling, for ever, spread so that a thousand browsers do not return at once. */
export function backoff(attempt: number, ceilingMs = 5000, random: () => number = Math.random): number {
  const full = Math.min(ceilingMs, 500 * 2 ** Math.min(attempt, 16))
  return Math.round(full * (0.75 + 0.25 * random()))
}

/** A wait that can be cut short, by the user or by the network coming back. */
export class Pause {
  private finish: (() => void) | null = null

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), milliseconds)
      this.finish = () => {
        clearTimeout(timer)
        this.finish = null
        resolve()
      }
    })
  }

  end(): void {
    this.finish?.()
  }
}
