/** The names that the client has for what the server sends. What is in them stands in schema.ts, which is made from openapi.json. */
import type * as S from './schema'

export type {
  CameraMedia,
  CameraTrial,
  ClassroomState,
  ClockView,
  CountRules,
  DistrictView,
  HistoryPoint,
  OutageView,
  Permission,
} from './schema'
export type {
  Reach,
  Role,
  RoomCamera,
  RoomHistory,
  RoomMedia,
  RoomView,
  SessionUser,
  Topic,
  ViewerMedia,
} from './schema'

export type School = S.SchoolSummary
/** The school's name comes with one room, not with a list of them. */
export type Room = S.RoomEntry & Partial<S.RoomDetails>

/** `joints`: x, y of nose, eyes, ears, shoulders, elbows, wrists, hips in thousandths of the frame; -1, -1 where unseen. */
export type PoseView = S.RoomView['poses'][number]
export type Behaviour = PoseView['behaviour']
/** A rate with what it is made of. `value` 0..1 or null where too little was seen; `coverage` above 1 is a data fault. */
export type Figure = S.RoomView['headUpRate']
export type SchoolView = S.DistrictView['schools'][number]

/** What a visit sees and hears. */
export type VisitMedia = S.MediaKinds
export type VisitPolicy = S.Policy
export type OpenVisit = S.OpenedVisit
export type Visit = S.VisitSummary

/** A recording in the list; `faults` are codes, some with a detail behind a colon. */
export type Recording = S.RecordingSummary
export type DeletionRequest = S.DeletionRequestView
/** One file on a recording's time line; offsets count from the recording's start. */
export type RecordingPart = S.PlayablePart
export type PlayableRecording = S.Playable
/** Whether a room is being recorded, and what the caller may do about it. */
export type RoomRecording = S.RoomState
export type RecordingStorage = S.StorageState

/** What is sent to set or try an RTSP camera; `keepLogin` uses the user and password that the server has. */
export type CameraEntry = { -readonly [Name in keyof S.CameraEntry]: NonNullable<S.CameraEntry[Name]> }
/** `camera` null: a camera publishes by WHIP. */
export type AdminRoom = S.RoomKey
export type RoomKey = S.RotatedKey

export type RoomAreas = S.RoomAreasView
/** Corners as shares of the picture's width and height: [x, y]. */
export type Outline = S.DrawnView['pupils']
export type Corner = Outline[number]
