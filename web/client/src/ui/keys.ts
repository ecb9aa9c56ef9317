import { onBeforeUnmount, onMounted } from 'vue'

/** A handler that returns false has not taken the key: the next one may. */
type Keys = Record<string, (event: KeyboardEvent) => unknown>

/** Whether a key belongs to what has the focus rather than to the page. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** Dialogs stay in the document when they are closed, so any of them may be the one that is seen. */
function dialogIsOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((dialog) => dialog.checkVisibility())
}

/** Single-key shortcuts of a page; silent while somebody types, holds a modifier, or has a dialog open. */
export function useKeys(keys: Keys): void {
  // Asked before anybody has acted: the key that closes a dialog is the dialog's.
  let ofDialog = false
  const before = () => (ofDialog = dialogIsOpen())
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return
    if (ofDialog || isTyping(event.target)) return
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    if (act(event) !== false) event.preventDefault()
  }
  onMounted(() => {
    window.addEventListener('keydown', before, { capture: true })
    window.addEventListener('keydown', listen)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', before, { capture: true })
    window.removeEventListener('keydown', listen)
  })
}
