import { shallowRef } from 'vue'

/** Whether the page is shown as a wall: no chrome, larger type, the whole screen where the browser allows it. */
export const wall = shallowRef(false)

function set(on: boolean): void {
  wall.value = on
  document.documentElement.classList.toggle('wall', on)
}

export async function toggleWall(): Promise<void> {
  if (wall.value) {
    leaveWall()
    return
  }
  set(true)
  try {
    await document.documentElement.requestFullscreen()
  } catch {
    // Not allowed here (an embedded page, a kiosk that is full screen already): the wall fills the window instead.
  }
}

export function leaveWall(): void {
  set(false)
  if (document.fullscreenElement) void document.exitFullscreen()
}

// Esc leaves the browser's full screen without asking the page.
document.addEventListener('fullscreenchange', () => {
  if (!document.fullscreenElement && wall.value) set(false)
})
