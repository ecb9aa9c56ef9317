/** Tiles the visitor's name and the time over the picture, aslant, so that no crop of a photographed screen is without it. */
export function drawWatermark(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  lines: readonly string[],
): void {
  const size = Math.max(12, Math.min(26, width / 52))
  const stepX = size * 17
  const stepY = size * 8
  context.save()
  context.translate(width / 2, height / 2)
  context.rotate(-Math.PI / 9)
  context.font = `500 ${size}px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  // Light letters with a dark rim stay readable on a white board and on a dark coat alike.
  context.fillStyle = 'rgb(255 255 255 / 0.2)'
  context.strokeStyle = 'rgb(0 0 0 / 0.14)'
  context.lineWidth = 1
  const reach = Math.hypot(width, height) / 2
  for (let row = -Math.ceil(reach / stepY); row * stepY < reach; row++) {
    const shift = row % 2 === 0 ? 0 : stepX / 2
    for (let column = -Math.ceil(reach / stepX) - 1; column * stepX + shift < reach + stepX; column++) {
      lines.forEach((line, index) => {
        const x = column * stepX + shift
        const y = row * stepY + (index - (lines.length - 1) / 2) * size * 1.3
        context.strokeText(line, x, y)
        context.fillText(line, x, y)
      })
    }
  }
  context.restore()
}
