import { shallowRef } from 'vue'
import type { Behaviour } from '@/api/types'

export interface Palette {
  behaviours: Record<Behaviour, string>
  /** Behind the seat map. */
  stage: string
  ink: string
  muted: string
  line: string
}

/** Over video: the video is neither theme's ground, and bright lines with a dark rim read on all of it. */
export const videoPalette: Palette = {
  behaviours: {
    handRaised: '#f7bd4a',
    standing: '#ff9bcb',
    headUp: '#6cc0fa',
    headDown: '#3fd0a8',
    headOnDesk: '#c0a5ff',
    unknown: '#b9c4c8',
  },
  stage: '#000000',
  ink: '#ffffff',
  muted: '#b9c4c8',
  line: '#5a6468',
}

const variables: Record<Behaviour, string> = {
  handRaised: '--hand-raised',
  standing: '--standing',
  headUp: '--head-up',
  headDown: '--head-down',
  headOnDesk: '--head-on-desk',
  unknown: '--unknown',
}

function read(): Palette {
  const style = getComputedStyle(document.documentElement)
  const value = (name: string) => style.getPropertyValue(name).trim()
  const behaviours = {} as Record<Behaviour, string>
  for (const [behaviour, name] of Object.entries(variables)) behaviours[behaviour as Behaviour] = value(name)
  return {
    behaviours,
    stage: value('--stage'),
    ink: value('--ink'),
    muted: value('--ink-3'),
    line: value('--line'),
  }
}

/** The theme's colours for canvases and charts, which cannot use CSS variables; replaced when the theme changes. */
export const palette = shallowRef<Palette>(read())

export function refreshPalette(): void {
  palette.value = read()
}

/** The CSS variable of a behaviour's colour, for markup. */
export function behaviourColour(behaviour: Behaviour): string {
  return `var(${variables[behaviour]})`
}
