import { request, requestFile } from './http'
import { query } from './query'
import type { LessonComparison, LessonSeats, LessonSnapshot, LessonSummary, RoomLesson, SpokenNow } from './lessons'
import type {
  AdminRoom,
  CameraEntry,
  CameraTrial,
  ClockView,
  CountRules,
  OpenVisit,
  OutageView,
  Outline,
  DeletionRequest,
  PlayableRecording,
  Recording,
  RecordingStorage,
  Room,
  RoomAreas,
  RoomCamera,
  RoomHistory,
  RoomKey,
  RoomMedia,
  RoomRecording,
  School,
  SessionUser,
  Visit,
  VisitMedia,
  VisitPolicy,
} from './types'

const id = encodeURIComponent

export interface VisitFilter {
  roomId?: string
  from?: string
  to?: string
  take?: number
}

export interface RecordingFilter extends VisitFilter {
  schoolId?: string
  asked?: true
}

export interface LessonFilter extends RecordingFilter {
  teacherId?: string
}

/** Every HTTP call of the client but WHEP's, which speaks SDP (see media/whep.ts). */
export const api = {
  signIn: (userName: string, password: string, code?: string) =>
    request<SessionUser>('POST', '/api/session', { body: { userName, password, code }, expectUnauthorised: true }),
  session: () => request<SessionUser>('GET', '/api/session', { expectUnauthorised: true }),
  /** Whether the session lasts: where it does not, the answer ends it here as any other 401 does. */
  checkSession: () => request<SessionUser>('GET', '/api/session', { signal: AbortSignal.timeout(5000) }),
  signOut: () => request<void>('DELETE', '/api/session', { expectUnauthorised: true }),

  schools: (signal?: AbortSignal) => request<School[]>('GET', '/api/schools', { signal }),
  schoolRooms: (schoolId: string, signal?: AbortSignal) =>
    request<Room[]>('GET', `/api/schools/${id(schoolId)}/rooms`, { signal }),
  room: (roomId: string, signal?: AbortSignal) => request<Room>('GET', `/api/rooms/${id(roomId)}`, { signal }),
  roomHistory: (roomId: string, minutes: number, signal?: AbortSignal) =>
    request<RoomHistory>('GET', `/api/rooms/${id(roomId)}/history?minutes=${minutes}`, { signal }),

  rules: () => request<CountRules>('GET', '/api/rules'),

  openVisit: (roomId: string, purpose: string, media: VisitMedia) =>
    request<OpenVisit>('POST', '/api/visits', { body: { roomId, purpose, media } }),
  visitPolicy: () => request<VisitPolicy>('GET', '/api/visits/policy'),
  /** Tells how the picture goes here, and reads how it goes there. */
  playback: (visitId: string, freezes: number, frozenSeconds: number, signal?: AbortSignal) =>
    request<RoomMedia>('POST', `/api/visits/${id(visitId)}/playback`, { body: { freezes, frozenSeconds }, signal }),
  closeVisit: (visitId: string) => request<void>('DELETE', `/api/visits/${id(visitId)}`),
  /** For a page that is going away: no answer is awaited, the browser delivers it. */
  leaveVisit: (visitId: string) => navigator.sendBeacon(`/api/visits/${id(visitId)}/leave`),
  visits: (filter: VisitFilter, signal?: AbortSignal) =>
    request<Visit[]>('GET', `/api/visits${query(filter)}`, { signal }),

  adminRooms: (schoolId: string, signal?: AbortSignal) =>
    request<AdminRoom[]>('GET', `/api/admin/rooms?schoolId=${id(schoolId)}`, { signal }),
  changeVisitPolicy: (allowed: readonly VisitMedia[]) =>
    request<VisitPolicy>('PUT', '/api/admin/visit-policy', { body: { allowed } }),
  cameras: (schoolId: string, signal?: AbortSignal) =>
    request<RoomCamera[]>('GET', `/api/admin/cameras?schoolId=${id(schoolId)}`, { signal }),
  setCamera: (roomId: string, entry: CameraEntry) =>
    request<RoomCamera>('PUT', `/api/admin/rooms/${id(roomId)}/camera`, { body: entry }),
  removeCamera: (roomId: string) => request<void>('DELETE', `/api/admin/rooms/${id(roomId)}/camera`),
  testCamera: (roomId: string, entry: CameraEntry) =>
    request<CameraTrial>('POST', `/api/admin/rooms/${id(roomId)}/camera/test`, { body: entry }),
  outage: () => request<OutageView>('GET', '/api/outage'),
  clock: () => request<ClockView>('GET', '/api/admin/clock'),
  confirmClock: () => request<void>('POST', '/api/admin/clock/confirm'),
  recordings: (filter: RecordingFilter, signal?: AbortSignal) =>
    request<Recording[]>('GET', `/api/recordings${query(filter)}`, { signal }),
  playRecording: (recordingId: string) =>
    request<PlayableRecording>('POST', `/api/recordings/${id(recordingId)}/plays`),
  askDeletion: (recordingId: string, reason: string) =>
    request<DeletionRequest>('POST', `/api/recordings/${id(recordingId)}/deletion`, { body: { reason } }),
  keepRecording: (recordingId: string, reason: string) =>
    request<DeletionRequest>('PUT', `/api/recordings/${id(recordingId)}/deletion`, { body: { reason } }),
  deleteRecording: (recordingId: string) => request<void>('DELETE', `/api/recordings/${id(recordingId)}`),
  recordingStorage: () => request<RecordingStorage>('GET', '/api/recordings/storage'),
  roomRecording: (roomId: string) => request<RoomRecording>('GET', `/api/rooms/${id(roomId)}/recording`),
  beginRecording: (roomId: string, wanted: { visitId: string } | { reason: string; minutes: number }) =>
    request<RoomRecording>('POST', `/api/rooms/${id(roomId)}/recording`, { body: wanted }),
  endRecording: (roomId: string) => request<void>('DELETE', `/api/rooms/${id(roomId)}/recording`),

  areas: (roomId: string, signal?: AbortSignal) =>
    request<RoomAreas>('GET', `/api/admin/rooms/${id(roomId)}/areas`, { signal }),
  drawAreas: (roomId: string, drawn: { pupils: Outline; front: Outline | null; version: number }) =>
    request<RoomAreas>('PUT', `/api/admin/rooms/${id(roomId)}/areas`, { body: drawn }),
  removeAreas: (roomId: string, version: number) =>
    request<RoomAreas>('DELETE', `/api/admin/rooms/${id(roomId)}/areas?version=${version}`),
  relearnAreas: (roomId: string) => request<RoomAreas>('POST', `/api/admin/rooms/${id(roomId)}/areas/relearn`),
  /** The room now, with nobody to be recognised; each look is audited. */
  areasPicture: (roomId: string, signal?: AbortSignal) =>
    requestFile(`/api/admin/rooms/${id(roomId)}/areas/picture`, 'image/png', { signal }),
  lessons: (filter: LessonFilter, signal?: AbortSignal) =>
    request<LessonSummary[]>('GET', `/api/lessons${query(filter)}`, { signal }),
  lesson: (lessonId: string) => request<LessonSnapshot>('GET', `/api/lessons/${id(lessonId)}`),
  /** The class as a seat map over a stretch of a lesson, in seconds; without one, over all of it. */
  lessonSeats: (lessonId: string, from?: number, to?: number) =>
    request<LessonSeats>('GET', `/api/lessons/${id(lessonId)}/seats${query({ from, to })}`),
  lessonComparison: (lessonId: string) => request<LessonComparison>('GET', `/api/lessons/${id(lessonId)}/comparison`),
  roomLesson: (roomId: string) => request<RoomLesson>('GET', `/api/rooms/${id(roomId)}/lesson`),
  beginLesson: (roomId: string) => request<RoomLesson>('POST', `/api/rooms/${id(roomId)}/lesson`),
  endLesson: (roomId: string, lessonId: string) =>
    request<RoomLesson>('DELETE', `/api/rooms/${id(roomId)}/lesson/${id(lessonId)}`),
  roomSpeech: (roomId: string) => request<SpokenNow>('GET', `/api/rooms/${id(roomId)}/speech`),

  rotateKey: (roomId: string) => request<RoomKey>('POST', `/api/admin/rooms/${id(roomId)}/key`),
}
