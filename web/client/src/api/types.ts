/** The server's JSON, field by field as `actors/Live` and the HTTP features write it. Times are ISO 8601 with offset. */

export type Role = 'inspector' | 'principal' | 'administrator'

export type Permission =
  | 'watchRooms'
  | 'watchDistrict'
  | 'seeVisits'
  | 'seeLessons'
  | 'seeRecordings'
  | 'recordLessons'
  | 'stopRecordings'
  | 'manageRecordings'
  | 'seeMediaOfAll'
  | 'manageRooms'
  | 'manageVisitRules'
  | 'readAudit'
  | 'manageClock'
  | 'readOperations'
export type Reach = 'none' | 'own' | 'school' | 'district'

export interface SessionUser {
  userName: string
  displayName: string
  role: Role
  schoolId: string | null
  schoolName: string | null
  permissions: readonly { permission: Permission; reach: Reach }[]
}

export interface School {
  schoolId: string
  name: string
  nameEn: string
  rooms: number
}

export interface Room {
  roomId: string
  schoolId: string
  schoolName?: string
  name: string
  grade: string
  enrolled: number
}

export type ClassroomState = 'offline' | 'live' | 'stalled'
export type Behaviour = 'unknown' | 'headUp' | 'headDown' | 'headOnDesk' | 'handRaised' | 'standing'
/** Where the teacher is, over the last seconds. */
export type TeacherPlace = 'unknown' | 'front' | 'atBoard' | 'amongPupils'

/** A rate with what it is made of. `value` 0..1 or null where too little was seen; `coverage` above 1 is a data fault. */
export interface Figure {
  value: number | null
  samples: number
  coverage: number
  windowSeconds: number
  /** Name and version, such as "head-up-rate/1". */
  formula: string
}

/** `joints`: x, y of nose, eyes, ears, shoulders, elbows, wrists, hips in thousandths of the frame; -1, -1 where unseen. */
export interface PoseView {
  seat: number
  behaviour: Behaviour
  confidence: number
  joints: readonly number[]
}

export interface RoomView {
  roomId: string
  schoolId: string
  sequence: number
  at: string
  state: ClassroomState
  stateSince: string
  fault: string | null
  lowConfidence: boolean
  intervalMilliseconds: number
  enrolled: number
  people: number
  handsRaised: number
  standing: number
  headsUp: number
  headsDown: number
  headsOnDesk: number
  unknown: number
  teacher: TeacherPlace
  headUpRate: Figure
  participation: Figure
  aspect: number
  poses: readonly PoseView[]
}

export interface SchoolView {
  schoolId: string
  sequence: number
  at: string
  rooms: number
  live: number
  stalled: number
  people: number
  handsRaised: number
  headUpRate: Figure
}

export interface DistrictView {
  sequence: number
  at: string
  schools: readonly SchoolView[]
}

export interface HistoryPoint {
  at: string
  people: number
  handsRaised: number
  standing: number
  headsUp: number
  headsDown: number
  headsOnDesk: number
  unknown: number
  headUpRate: number | null
  participation: number | null
}

export interface RoomHistory {
  roomId: string
  points: readonly HistoryPoint[]
}

/** What a visit sees and hears. */
export type VisitMedia = 'both' | 'video' | 'audio'

/** By the name of a live view's count, the rules behind it with their versions. */
export type CountRules = Readonly<Partial<Record<string, string>>>

/** The ways to visit that the district allows, the preferred one first. */
export interface VisitPolicy {
  allowed: readonly VisitMedia[]
}

export interface OpenVisit {
  visitId: string
  roomId: string
  purpose: string
  media: VisitMedia
  from: string
  watermark: string
}

export interface Visit {
  visitId: string
  roomId: string
  roomName: string
  schoolName: string
  userName: string
  displayName: string
  purpose: string
  media: VisitMedia
  from: string
  to: string | null
}

/** What comes from a room's camera; counters start with its session. */
export interface CameraMedia {
  videoCodec: string
  /** "unplayable": there is sound, but in no codec that browsers play. */
  audioCodec: 'none' | 'opus' | 'unplayable'
  connected: boolean
  bitsPerSecond: number
  packets: number
  packetsLost: number
  roundTripMilliseconds: number | null
  jitterMilliseconds: number
  keyFrameRequests: number
  nacksSent: number
}

/** What goes to one viewer; counters start with its session. */
export interface ViewerMedia {
  visitId: string
  displayName: string
  media: VisitMedia
  from: string
  bitsPerSecond: number
  packets: number
  lossRatio: number
  roundTripMilliseconds: number | null
  jitterMilliseconds: number
  keyFrameRequests: number
  nacksReceived: number
  retransmitted: number
  estimatedBitsPerSecond: number | null
  videoPaused: boolean
  layer: string | null
  /** Whether it gets a lower layer than the camera has. */
  layerReduced: boolean
  freezes: number | null
  frozenSeconds: number | null
}

export interface RoomMedia {
  roomId: string
  camera: CameraMedia | null
  viewers: readonly ViewerMedia[]
}

/** A recording in the list; `faults` are codes, some with a detail behind a colon. */
export interface Recording {
  recordingId: string
  roomId: string
  roomName: string
  schoolId: string
  schoolName: string
  userName: string
  displayName: string
  reason: string
  ofVisit: boolean
  from: string
  to: string | null
  lengthMilliseconds: number
  bytes: number
  faults: readonly string[]
}

/** One file on a recording's time line; offsets count from the recording's start. */
export interface RecordingPart {
  url: string
  type: string
  offsetMilliseconds: number
  lengthMilliseconds: number
  width: number
  height: number
  hasSound: boolean
}

export interface PlayableRecording {
  recording: Recording
  watermark: string
  parts: readonly RecordingPart[]
}

/** Whether a room is being recorded, and what the caller may do about it. */
export interface RoomRecording {
  recording: {
    recordingId: string
    displayName: string
    reason: string
    from: string
    until: string
    isReceiving: boolean
    bytes: number
    faults: readonly string[]
    mayStop: boolean
  } | null
  mayRecordVisit: boolean
  mayRecordLesson: boolean
  defaultMinutes: number
  longestMinutes: number
}

/** Whether the server's clock is believed; while it is not, nothing is deleted for its age. */
export interface ClockView {
  held: 'jump' | 'pause' | null
  now: string
  expected: string
  recordings: number
  recordingBytes: number
  lessons: number
}

export interface RecordingStorage {
  level: 'ok' | 'low' | 'full'
  bytes: number
  budgetBytes: number
  freeBytes: number
  alertFreeBytes: number
  stopFreeBytes: number
}

export interface RoomKey {
  roomId: string
  whipUrl: string
  key: string
  keyRotatedAt: string
}

/** A room's RTSP camera. `fault`: a code of `fault.camera-*`; user and password are never told. */
export interface RoomCamera {
  roomId: string
  roomState: ClassroomState
  address: string
  hasLogin: boolean
  state: 'connecting' | 'live' | 'waiting' | null
  since: string | null
  fault: string | null
  detail: string | null
  nextAttempt: string | null
}

/** What is sent to set or try an RTSP camera; `keepLogin` uses the user and password that the server has. */
export interface CameraEntry {
  address: string
  userName: string
  password: string
  keepLogin: boolean
}

/** What trying a camera found; no fault: it can be shown, as far as it says. */
export interface CameraTrial {
  fault: string | null
  detail: string | null
}

export interface AdminRoom extends RoomKey {
  name: string
  state: ClassroomState
  /** null: a camera publishes by WHIP. */
  camera: RoomCamera | null
}

/** A corner as shares of the picture's width and height. */
export type Corner = readonly [x: number, y: number]
export type Outline = readonly Corner[]

/** Where pupils sit and the teacher moves, in shares of the picture. Only what is drawn has effect. */
export interface RoomAreas {
  roomId: string
  /** To be sent with a change: who was slower is refused. */
  version: number
  /** The camera was moved after the areas were drawn. */
  cameraMoved: boolean
  learnt: {
    pupils: Outline
    front: Outline | null
    seats: readonly (readonly number[])[]
    settled: boolean
    at: string
  } | null
  drawn: { pupils: Outline; front: Outline | null; by: string; at: string } | null
}
