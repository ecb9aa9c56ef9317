import { ApiError, request } from '@/api/http'
import type * as S from '@/api/schema'

export type Booking = S.BookingView
export type BookingState = S.BookingState
export type BookingList = S.BookingList
export type BookingWeek = S.BookingWeek
export type BookedDay = S.BookedDay
export type TakenTime = S.TakenView
export type LessonThen = S.LessonThen
export type RoomBookings = S.RoomBookings
export type RoomBooking = S.RoomBooking

/** A recording room for a period of a date; the server knows which lesson of the teacher that is. */
export interface WantedBooking {
  readonly roomId: string
  readonly date: string
  readonly period: number
  readonly purpose: string
  readonly teacherId?: string
}

/** What is free instead of what somebody wanted. */
export interface FreeInstead {
  readonly taken: readonly { readonly by: string; readonly isLesson: boolean }[]
  readonly freePeriods: readonly S.PeriodView[]
  readonly freeRooms: readonly { readonly roomId: string; readonly name: string }[]
}

const id = encodeURIComponent

/** What the server answers about wishes to record. */
export const bookingsApi = {
  list: () => request<BookingList>('GET', '/api/bookings'),
  week: (schoolId: string, date: string) =>
    request<BookingWeek>('GET', `/api/bookings/calendar?schoolId=${id(schoolId)}${date ? `&date=${date}` : ''}`),
  lessons: (schoolId: string, date: string, period: number) =>
    request<LessonThen[]>('GET', `/api/bookings/lessons?schoolId=${id(schoolId)}&date=${date}&period=${period}`),
  book: (wanted: WantedBooking) => request<Booking>('POST', '/api/bookings', { body: wanted }),
  /** Asks for a recording of a room from now on. */
  ask: (roomId: string, minutes: number, purpose: string) =>
    request<Booking>('POST', '/api/bookings/now', { body: { roomId, minutes, purpose } }),
  approve: (bookingId: string) =>
    request<Booking>('POST', `/api/bookings/${id(bookingId)}/decision`, { body: { approve: true } }),
  refuse: (bookingId: string, reason: string) =>
    request<Booking>('POST', `/api/bookings/${id(bookingId)}/decision`, { body: { approve: false, reason } }),
  withdraw: (bookingId: string) => request<void>('POST', `/api/bookings/${id(bookingId)}/withdrawal`),
  ofRoom: (roomId: string) => request<RoomBookings>('GET', `/api/rooms/${id(roomId)}/bookings`),
}

/** What is free instead; null: it was refused for another reason. */
export const freeInstead = (error: unknown): FreeInstead | null =>
  error instanceof ApiError && error.code === 'room-taken' ? (error.more as unknown as FreeInstead) : null
