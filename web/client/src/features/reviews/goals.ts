import type { GoalOutcome } from './reviewsApi'

/** In the order in which they are offered. */
export const outcomes: readonly GoalOutcome[] = ['attained', 'partly', 'notAttained', 'notShown']
export const mostGoals = 10
