import type { Page } from 'playwright-core';

/** Below this width, or with a finger, everything to be touched is at least `leastTouch` high. */
export const leastTouch = 40;

/**
 * Stated exceptions, as selectors: what may be smaller than a finger. Radio buttons and check boxes are measured by their
 * label; links within a sentence keep its line height (WCAG 2.5.8).
 */
const mayBeSmall = 'p a';

/**
 * Stated exceptions: what Tab does not reach. A wall's tiles are one tab stop with arrow keys between them, and their figures
 * are explained by the key I.
 */
const byArrowsAndI = '[data-cell], .tile footer button, .card footer button';

/**
 * What is wrong with a page as it is shown, in words; nothing when all is well.
 *
 * @param within only what is in this part of the page, such as an open dialog
 */
export function faultsOf(page: Page, touch: boolean, within = 'body'): Promise<string[]> {
  return page.evaluate(
    ({ touch, within, leastTouch, mayBeSmall, byArrowsAndI }) => {
      const faults: string[] = [];
      const interactive = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex="0"]';
      const root = document.querySelector(within)!;
      const told = (element: Element) =>
        `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
      const shown = (element: Element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.visually-hidden, .skip');
      };
      const all = [...root.querySelectorAll<HTMLElement>(interactive)].filter(shown);

      // Nothing scrolls sideways but what says that it does.
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth > width) faults.push(`the document is ${document.documentElement.scrollWidth} wide, the window ${width}`);
      const scrolls = (element: Element | null): boolean =>
        element !== null && element !== document.body && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
      for (const element of all) {
        const box = element.getBoundingClientRect();
        // A corner at the edge of a drawing may be taken hold of from beyond it.
        if ((box.left < -1 || box.right > width + 1) && !element.closest('svg') && !scrolls(element.parentElement)) faults.push(`reaches out of the window: ${told(element)} ${Math.round(box.left)}..${Math.round(box.right)}`);
      }

      // No two things of the header stand on each other.
      const header = [...root.querySelectorAll<HTMLElement>('header.bar :is(a, button, .connection, .who)')].filter(shown);
      for (const [index, one] of header.entries()) {
        for (const other of header.slice(index + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (across > 1 && down > 1) faults.push(`overlap in the header: ${told(one)} and ${told(other)}`);
        }
        if (one.scrollWidth > one.clientWidth + 1 && one.matches('a, button') && getComputedStyle(one).display !== 'inline') faults.push(`cut off in the header: ${told(one)}`);
      }

      for (const element of all) {
        const labelled = (element as HTMLInputElement).labels?.[0] ?? element.closest('label');
        const name = [element.getAttribute('aria-label'), element.getAttribute('aria-labelledby') && document.getElementById(element.getAttribute('aria-labelledby')!)?.textContent,
          element.textContent, labelled?.textContent, element.getAttribute('title')].find((text) => text?.trim());
        if (!name) faults.push(`has no name: ${told(element)}`);
        if (element.tabIndex < 0 && !element.matches(byArrowsAndI)) faults.push(`Tab does not reach ${told(element)}`);
        if (!touch || element.matches(mayBeSmall)) continue;
        const target = element.matches('input[type=radio], input[type=checkbox]')
          ? (labelled ?? element)
          : (element.closest('.el-select__wrapper') ?? element); // one touches the field around it
        const { height } = target.getBoundingClientRect();
        if (height < leastTouch - 0.1) faults.push(`${height.toFixed(1)} px high to the finger: ${told(element)}`);
      }
      for (const grid of new Set([...root.querySelectorAll('[data-cell]')].map((cell) => cell.closest('[role=group]')))) {
        const stops = grid?.querySelectorAll('[data-cell][tabindex="0"]').length;
        if (stops !== 1) faults.push(`a grid of tiles has ${stops} tab stops`);
      }
      return [...new Set(faults)];
    },
    { touch, within, leastTouch, mayBeSmall, byArrowsAndI },
  );
}

/** Presses Tab until everything in view has had the focus; says what never had it, and where the focus could not be seen. */
export async function tabFaultsOf(page: Page, most = 120): Promise<string[]> {
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    (document.activeElement as HTMLElement | null)?.blur();
    const state = { waiting: new Set<Element>(), unseen: [] as string[] };
    const told = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, [role=button], [tabindex="0"]')) {
      const box = element.getBoundingClientRect();
      const inView = box.width > 0 && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && element.checkVisibility({ visibilityProperty: true });
      if (inView && element.tabIndex >= 0 && !(element as HTMLButtonElement).disabled) state.waiting.add(element);
    }
    // Radio buttons of one name are one tab stop.
    for (const radio of [...state.waiting]) if (radio.matches('input[type=radio]:not(:checked)')) state.waiting.delete(radio);
    document.addEventListener('focusin', ({ target }) => {
      const element = target as Element;
      state.waiting.delete(element);
      const style = getComputedStyle(element);
      const around = [element, element.parentElement!, ...element.children].map((one) => getComputedStyle(one));
      const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || around.some((one) => one.boxShadow !== 'none') || element.matches('.corner');
      if (!seen && !element.matches('main')) state.unseen.push(told(element));
    });
    Object.assign(window, { tabs: state, told });
  });
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => (window as unknown as { tabs: { waiting: Set<Element> } }).tabs.waiting.size)) === 0) break;
  }
  return page.evaluate(() => {
    const { tabs, told } = window as unknown as { tabs: { waiting: Set<Element>; unseen: string[] }; told: (element: Element) => string };
    // What a live view has taken away meanwhile needs no focus any more.
    const never = [...tabs.waiting].filter((element) => element.isConnected).map((element) => `Tab never reached ${told(element)}`);
    return [...never, ...tabs.unseen.map((element) => `the focus cannot be seen on ${element}`)];
  });
}
