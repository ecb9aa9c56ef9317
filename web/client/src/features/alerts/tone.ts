const key = 'xunke.alertSound'

/** Whether this browser sounds for a new severe alert: off until somebody turns it on. */
export function soundIsOn(): boolean {
  try {
    return localStorage.getItem(key) === 'on'
  } catch {
    // A browser that keeps nothing stays silent.
    return false
  }
}

export function turnSound(on: boolean): void {
  try {
    if (on) localStorage.setItem(key, 'on')
    else localStorage.removeItem(key)
  } catch {
    // It holds as long as nobody asks.
  }
}

/** Two short notes. A browser in which nobody has clicked yet plays nothing. */
export function sound(): void {
  if (typeof AudioContext === 'undefined') return
  const context = new AudioContext()
  const start = context.currentTime
  for (const [index, pitch] of [880, 660].entries()) {
    const note = context.createOscillator()
    const volume = context.createGain()
    const from = start + index * 0.22
    note.frequency.value = pitch
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(0.15, from + 0.02)
    volume.gain.linearRampToValueAtTime(0, from + 0.2)
    note.connect(volume).connect(context.destination)
    note.start(from)
    note.stop(from + 0.21)
    if (index === 1) note.onended = () => void context.close()
  }
}
