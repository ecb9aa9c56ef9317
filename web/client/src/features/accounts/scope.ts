/** What an inspector's or a researcher's account is limited to; without schools or subjects: to none. */
export interface Scope {
  schools: readonly string[]
  subjects: readonly string[]
  officeFrom: string | null
  officeUntil: string | null
}

export const noScope: Scope = { schools: [], subjects: [], officeFrom: null, officeUntil: null }
