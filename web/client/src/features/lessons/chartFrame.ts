import { palette } from '@/poses/palette'

/** The page's own size of letters, which charts cannot inherit. */
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize)

/** The look that a lesson's charts share. Read inside a computed value: it follows the theme. */
export function chartFrame() {
  const colours = palette.value
  const size = 0.82 * rem()
  return {
    colours,
    size,
    axis: {
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { color: colours.muted, fontSize: size },
      nameTextStyle: { color: colours.muted, fontSize: size },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
    },
    tooltip: {
      confine: true,
      backgroundColor: colours.stage,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 0.9 * rem() },
    },
  }
}
