export type Period = 'today' | 'week' | 'month' | 'all'
export const periods: readonly Period[] = ['today', 'week', 'month', 'all']

/** Where a period begins, in this browser's time zone; null for the whole log. */
export function beginOf(period: Period, now: Date): Date | null {
  if (period === 'all') return null
  const start = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  if (period === 'week') start.setDate(start.getDate() - 6)
  if (period === 'month') start.setDate(start.getDate() - 29)
  return start
}

/** How long something took; what goes on is measured to now. */
export function lengthOf(span: { from: string; to: string | null }, now: number): number {
  return (span.to ? Date.parse(span.to) : now) - Date.parse(span.from)
}
