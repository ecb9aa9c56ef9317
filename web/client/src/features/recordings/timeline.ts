import type { RecordingPart } from '@/api/types'

/** A stretch of a recording's time line, in milliseconds from its start. */
export interface Stretch {
  from: number
  to: number
}

/** Two files never join to the frame; what is shorter than this is no gap to a viewer. */
const shortestGap = 700

const endOf = (part: RecordingPart) => part.offsetMilliseconds + part.lengthMilliseconds

/** From the recording's start to the end of its last file. */
export function lengthOf(parts: readonly RecordingPart[]): number {
  return parts.reduce((length, part) => Math.max(length, endOf(part)), 0)
}

/**
 * The file that plays at a moment, and where in it. A gap leads on to what comes next; behind the end is the end. Where
 * two files overlap by a little the later one plays, so that the end of the earlier one leads on.
 */
export function locate(parts: readonly RecordingPart[], at: number): { index: number; within: number } {
  const index = Math.max(
    0,
    parts.findLastIndex((part) => part.offsetMilliseconds <= at),
  )
  const part = parts[index]
  if (!part) return { index, within: 0 }
  if (at >= endOf(part) && index + 1 < parts.length) return { index: index + 1, within: 0 }
  return { index, within: Math.min(Math.max(0, at - part.offsetMilliseconds), part.lengthMilliseconds) }
}

/** Where there is nothing to see. */
export function gapsOf(parts: readonly RecordingPart[]): Stretch[] {
  const gaps: Stretch[] = []
  let end = 0
  for (const part of parts) {
    if (part.offsetMilliseconds - end >= shortestGap) gaps.push({ from: end, to: part.offsetMilliseconds })
    end = Math.max(end, endOf(part))
  }
  return gaps
}

/** What a browser is asked whether it can play. */
export function fullTypeOf(part: RecordingPart): string {
  if (part.type === 'video/x-matroska') return 'video/x-matroska; codecs="avc1.42e01f, opus"'
  return part.type === 'video/webm' ? 'video/webm; codecs="vp8, opus"' : 'audio/webm; codecs="opus"'
}

/** The text key of a fault and what stands in it. */
export function faultOf(fault: string): { code: string; detail: string } {
  const colon = fault.indexOf(':')
  return colon < 0 ? { code: fault, detail: '' } : { code: fault.slice(0, colon), detail: fault.slice(colon + 1) }
}
