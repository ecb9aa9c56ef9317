import type { FormAnswer } from '@/features/forms/formsApi'
import type { Observation, Remark, WrittenRemark } from './observationsApi'

export type DraftAnswers = Record<string, FormAnswer>

/** What an observer has written here and the server has not acknowledged; null in `remarks`: to be taken away. */
export interface Kept {
  readonly version: number
  readonly answers: DraftAnswers
  readonly overall: string
  readonly remarks: Readonly<Record<string, WrittenRemark | null>>
}

export const keyOf = (observationId: string): string => `xunke.observation.${observationId}`

const isEmpty = (answer: FormAnswer | undefined): boolean =>
  !answer || (answer.value === null && !answer.text?.trim() && !answer.notApplicable && !answer.remark?.trim())

const isSame = (one: FormAnswer, other: FormAnswer): boolean =>
  one.value === other.value &&
  (one.text ?? '') === (other.text ?? '') &&
  one.notApplicable === other.notApplicable &&
  (one.remark ?? '') === (other.remark ?? '')

/** Whether both say the same: an answer in which nothing is said is none. */
export function sameAnswers(one: Readonly<DraftAnswers>, other: Readonly<DraftAnswers>): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => {
    const [mine, theirs] = [one[key], other[key]]
    return isEmpty(mine) || isEmpty(theirs) ? isEmpty(mine) && isEmpty(theirs) : isSame(mine, theirs)
  })
}

/** Reads what was kept; anything else than a draft is as good as nothing. */
export function readKept(text: string | null): Kept | null {
  if (!text) return null
  try {
    const kept = JSON.parse(text) as Kept
    return typeof kept.version === 'number' && typeof kept.answers === 'object' && typeof kept.overall === 'string'
      ? { ...kept, remarks: kept.remarks ?? {} }
      : null
  } catch {
    return null
  }
}

/**
 * What the page begins with. What was kept of the version that the server has, or says the same, goes on; otherwise somebody else,
 * or the same person elsewhere, has saved since, and the observer chooses.
 */
export function restore(server: Observation, kept: Kept | null): { draft: Kept; conflict: boolean } {
  const fresh: Kept = {
    version: server.version,
    answers: { ...server.answers },
    overall: server.overall,
    remarks: kept?.remarks ?? {},
  }
  if (!kept || (sameAnswers(kept.answers, fresh.answers) && kept.overall === fresh.overall))
    return { draft: fresh, conflict: false }
  return { draft: kept, conflict: kept.version !== server.version }
}

/** The remarks that the page shows: the server's, with what is still on its way. */
export function shownRemarks(server: readonly Remark[], pending: Kept['remarks']): Remark[] {
  const shown = new Map(server.map((one) => [one.id, one]))
  for (const [id, written] of Object.entries(pending))
    if (written) shown.set(id, { id, madeAt: shown.get(id)?.madeAt ?? '', ...written })
    else shown.delete(id)
  return [...shown.values()].toSorted((one, other) => one.at - other.at)
}
