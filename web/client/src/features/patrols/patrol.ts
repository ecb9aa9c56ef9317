import type { Answer, Answers, FormItem, PatrolForm, Round, RoundStop } from './patrolsApi'

/** All that a form asks, in its order. */
export const itemsOf = (form: PatrolForm): readonly FormItem[] => form.content.groups.flatMap((group) => group.items)

/** What is answered before anybody has found anything. */
export function usualAnswers(form: PatrolForm): Answers {
  const usual = itemsOf(form).flatMap((item): [string, Answer][] =>
    item.usual === null ? [] : [[item.key, { value: item.usual, text: null, notApplicable: false, remark: null }]],
  )
  return Object.fromEntries(usual)
}

/** The answers with an item of yes and no turned to the other; an item without a usual answer goes from none to yes and back. */
export function toggled(answers: Answers, item: FormItem): Answers {
  const before = answers[item.key]?.value ?? null
  const value = item.usual === null ? (before === 1 ? null : 1) : before === 1 ? 0 : 1
  return { ...answers, [item.key]: { value, text: null, notApplicable: false, remark: null } }
}

/** Whether an item is answered otherwise than usual, or at all where nothing is usual. */
export const isMarked = (answers: Answers, item: FormItem): boolean => {
  const value = answers[item.key]?.value ?? null
  return item.usual === null ? value === 1 : value !== null && value !== item.usual
}

/** Whether anything is other than it should be. As the server counts it. */
export const isException = (answers: Answers, form: PatrolForm): boolean =>
  itemsOf(form).some((item) => item.usual !== null && isMarked(answers, item))

/** In which minute a lesson is; null: none is planned. */
export function minuteOf(stop: RoundStop, now: number): number | null {
  if (!stop.lesson) return null
  return Math.max(0, Math.floor((now - Date.parse(stop.lesson.period.from)) / 60_000))
}

/** The orders in which a round can go: by place, or first to whom nobody has been this term, and then longest ago. */
export type RoundOrder = 'place' | 'unvisited'

/** The stops in an order, those of this lesson that are done last. */
export function ordered(round: Round, order: RoundOrder): readonly RoundStop[] {
  const rank = (stop: RoundStop) =>
    order === 'place' ? 0 : stop.visits === 0 ? 0 : Date.parse(stop.lastVisit ?? '') || 0
  return round.stops
    .map((stop, index) => ({ stop, index }))
    .toSorted(
      (one, other) =>
        Number(one.stop.isDone) - Number(other.stop.isDone) ||
        rank(one.stop) - rank(other.stop) ||
        one.index - other.index,
    )
    .map(({ stop }) => stop)
}

/**
 * Where a round goes from a room: to the next with a camera that has not been seen, in the order given.
 *
 * @param after the room that is left; null: it begins
 * @returns null where none is left
 */
export function nextStop(
  stops: readonly RoundStop[],
  seen: ReadonlySet<string>,
  after: string | null,
): RoundStop | null {
  const from = stops.findIndex((stop) => stop.roomId === after) + 1
  const around = [...stops.slice(from), ...stops.slice(0, from)]
  return (
    around.find(
      (stop) => stop.roomId !== after && !stop.isDone && !seen.has(stop.roomId) && stop.state !== 'offline',
    ) ?? null
  )
}
