import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useKeys } from './keys'

const leave = vi.fn()
const Page = defineComponent({ setup: () => useKeys({ Escape: leave }), template: '<main />' })

/** A dialog of the document; who is closed is hidden, not gone. */
function dialog(open: boolean): HTMLElement {
  const element = document.createElement('div')
  element.setAttribute('role', 'dialog')
  element.setAttribute('aria-modal', 'true')
  element.style.display = open ? 'block' : 'none'
  // The test's document draws nothing.
  element.checkVisibility = () => element.style.display !== 'none'
  document.body.append(element)
  return element
}
const press = () =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))

describe('the keys of a page', () => {
  let page: { unmount(): void }
  beforeEach(() => {
    leave.mockReset()
    page = mount(Page)
  })
  afterEach(() => {
    page.unmount()
    document.body.replaceChildren()
  })

  it('act where no dialog is seen', () => {
    dialog(false)
    press()
    expect(leave).toHaveBeenCalledOnce()
  })
  it('leave Escape to the dialog that is open, whichever of them it is', () => {
    dialog(false)
    dialog(true)
    press()
    expect(leave).not.toHaveBeenCalled()
  })
  it('leave the Escape that closes a dialog to it', () => {
    const open = dialog(true)
    document.addEventListener('keydown', () => (open.style.display = 'none'), { once: true })
    press()
    expect(leave).not.toHaveBeenCalled()
    press()
    expect(leave).toHaveBeenCalledOnce()
  })
})
