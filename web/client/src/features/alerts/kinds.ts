import type { AlertChannel, AlertKind, AlertSeverity, AlertVerdict } from './alertsApi'

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

/** The most severe first. */
export const severities = ['high', 'medium', 'low', 'info'] as const satisfies readonly AlertSeverity[]

/** The services that have group robots. */
export const robotChannels = ['weCom', 'dingTalk', 'feishu'] as const satisfies readonly AlertChannel[]
