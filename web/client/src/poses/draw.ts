import type { Behaviour } from '@/api/types'
import type { Body, Head, Point } from './body'
import type { Palette } from './palette'

export interface DrawOptions {
  /** Over the video the lines need a dark edge; on the plain stage they do not. */
  outline: boolean
  /** Opacity of everything, for the last seat map of a stalled room. */
  alpha: number
  /** Text beside each head, or none. */
  label?: (behaviour: Behaviour) => string
}

interface Scale {
  factor: number
  left: number
  top: number
}

/** Places a frame of this aspect into a box, whole and centred, as the video's object-fit does. */
export function contain(aspect: number, width: number, height: number): Scale {
  const factor = Math.min(height, width / aspect)
  return { factor, left: (width - factor * aspect) / 2, top: (height - factor) / 2 }
}

/** Draws everyone, people at the back (higher in the picture) first. */
export function drawBodies(
  context: CanvasRenderingContext2D,
  bodies: readonly Body[],
  aspect: number,
  width: number,
  height: number,
  palette: Palette,
  options: DrawOptions,
): void {
  const scale = contain(aspect, width, height)
  context.save()
  context.globalAlpha = options.alpha
  context.lineCap = 'round'
  context.lineJoin = 'round'
  const ordered = [...bodies].sort((a, b) => (a.head?.y ?? 0) - (b.head?.y ?? 0))
  for (const body of ordered) drawBody(context, body, scale, palette, options)
  context.restore()
}

function drawBody(
  context: CanvasRenderingContext2D,
  body: Body,
  scale: Scale,
  palette: Palette,
  options: DrawOptions,
): void {
  const place = (point: Point): Point => ({
    x: scale.left + point.x * scale.factor,
    y: scale.top + point.y * scale.factor,
  })
  const colour = body.seated ? palette.behaviours[body.behaviour] : palette.ink
  const head = body.head ? { ...place(body.head), radius: Math.max(2.2, body.head.radius * scale.factor) } : null
  const line = Math.max(1.1, Math.min(4, (head?.radius ?? 5) * 0.32)) * (body.seated ? 1 : 0.6)
  const quiet = !body.seated || body.behaviour === 'unknown'

  const torso = body.torso.map(place)
  if (torso.length > 2) {
    context.beginPath()
    torso.forEach((point, index) => (index === 0 ? context.moveTo(point.x, point.y) : context.lineTo(point.x, point.y)))
    context.closePath()
    context.globalAlpha = options.alpha * (options.outline ? 0.22 : quiet ? 0.16 : 0.34)
    context.fillStyle = colour
    context.fill()
    context.globalAlpha = options.alpha
  }
  const chains = body.arms.map((arm) => arm.map(place))
  if (torso.length > 1) chains.unshift(torso.slice(0, 2))
  if (options.outline) {
    context.strokeStyle = 'rgb(8 12 14 / 0.7)'
    context.lineWidth = line + 2
    strokeChains(context, chains)
  }
  context.strokeStyle = colour
  context.lineWidth = line
  context.globalAlpha = options.alpha * (quiet ? 0.6 : 1)
  strokeChains(context, chains)
  context.globalAlpha = options.alpha

  if (head) drawHead(context, head, body.seated ? body.behaviour : 'unseated', colour, palette, options)
  if (body.raised) drawRaised(context, place(body.raised), head?.radius ?? 5, colour, options)
  if (head && options.label && body.seated && body.behaviour !== 'unknown')
    drawLabel(context, head, options.label(body.behaviour), colour, options.outline)
}

function strokeChains(context: CanvasRenderingContext2D, chains: Point[][]): void {
  context.beginPath()
  for (const chain of chains)
    chain.forEach((point, index) => (index === 0 ? context.moveTo(point.x, point.y) : context.lineTo(point.x, point.y)))
  context.stroke()
}

/** The head's shape says the behaviour again, for eyes that do not tell the colours apart. */
function drawHead(
  context: CanvasRenderingContext2D,
  head: Head,
  behaviour: Behaviour | 'unseated',
  colour: string,
  palette: Palette,
  options: DrawOptions,
): void {
  const { x, y, radius } = head
  const line = Math.max(1.2, Math.min(5, radius * (behaviour === 'unseated' ? 0.16 : 0.28)))
  context.beginPath()
  if (behaviour === 'standing') {
    const side = radius * 0.95
    context.moveTo(x, y - side * 1.25)
    context.lineTo(x + side * 1.25, y)
    context.lineTo(x, y + side * 1.25)
    context.lineTo(x - side * 1.25, y)
    context.closePath()
  } else {
    context.arc(x, y, radius, 0, 2 * Math.PI)
  }
  if (options.outline) {
    context.strokeStyle = 'rgb(8 12 14 / 0.7)'
    context.lineWidth = line + 2
    context.stroke()
  }
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = line
  if (behaviour === 'headUp' || behaviour === 'handRaised' || behaviour === 'standing') {
    // Over the video the head stays open: the picture is what the visitor came to see.
    if (options.outline) context.stroke()
    else context.fill()
  } else if (behaviour === 'headDown' || behaviour === 'headOnDesk') {
    if (!options.outline) {
      context.fillStyle = palette.stage
      context.fill()
      context.fillStyle = colour
    }
    context.stroke()
    context.beginPath()
    // Half full reads, full lies on the desk.
    context.arc(x, y, radius, 0, behaviour === 'headOnDesk' ? 2 * Math.PI : Math.PI)
    context.fill()
  } else if (behaviour === 'unseated') {
    context.globalAlpha = options.alpha * 0.6
    context.stroke()
    context.globalAlpha = options.alpha
  } else {
    context.globalAlpha = options.alpha * 0.75
    context.setLineDash([line * 1.2, line * 1.6])
    context.stroke()
    context.setLineDash([])
    context.globalAlpha = options.alpha
  }
}

function drawRaised(
  context: CanvasRenderingContext2D,
  wrist: Point,
  radius: number,
  colour: string,
  options: DrawOptions,
): void {
  const size = Math.max(3.2, radius * 0.85)
  context.beginPath()
  context.moveTo(wrist.x, wrist.y - size * 1.5)
  context.lineTo(wrist.x + size, wrist.y + size * 0.3)
  context.lineTo(wrist.x - size, wrist.y + size * 0.3)
  context.closePath()
  if (options.outline) {
    context.strokeStyle = 'rgb(8 12 14 / 0.7)'
    context.lineWidth = 2.5
    context.stroke()
  }
  context.fillStyle = colour
  context.fill()
}

function drawLabel(context: CanvasRenderingContext2D, head: Head, text: string, colour: string, boxed: boolean): void {
  const size = Math.max(9, Math.min(12.5, head.radius * 0.8))
  context.font = `600 ${size}px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'bottom'
  const top = head.y - head.radius * 1.35
  if (boxed) {
    const width = context.measureText(text).width
    context.fillStyle = 'rgb(8 12 14 / 0.6)'
    context.beginPath()
    context.roundRect(head.x - width / 2 - 3, top - size - 2, width + 6, size + 3, 3)
    context.fill()
  }
  context.fillStyle = colour
  context.fillText(text, head.x, top)
}
