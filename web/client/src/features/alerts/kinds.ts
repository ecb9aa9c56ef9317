import type { AlertKind, AlertVerdict } from './alertsApi'

/** The kinds, in the order of the rules. */
export const alertKinds = [
  'teacherAbsent',
  'roomEmpty',
  'unplannedUse',
  'tooManyPeople',
  'tooFewPeople',
  'cameraLost',
  'cameraDark',
  'cameraCovered',
  'cameraBlurred',
  'cameraFrozen',
  'cameraMoved',
  'schoolOffline',
] as const satisfies readonly AlertKind[]

export const verdicts = ['true', 'false', 'known', 'test'] as const satisfies readonly AlertVerdict[]
