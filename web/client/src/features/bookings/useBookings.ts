import { ElMessage, ElMessageBox } from 'element-plus'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useTexts } from '@/app/texts'
import { isOpen } from './bookings'
import { type Booking, bookingsApi } from './bookingsApi'

/** What can be done about a booking, with what is said of it; `after` is done whatever came of it. */
export function useBookings(after: () => Promise<unknown>) {
  const { t } = useI18n()
  const { errorText } = useTexts()
  const busy = ref(false)

  async function act(work: () => Promise<unknown>, said: string): Promise<boolean> {
    busy.value = true
    try {
      await work()
      ElMessage({ message: said, type: 'success', grouping: true })
      return true
    } catch (error) {
      ElMessage({ message: errorText(error), type: 'warning' })
      return false
    } finally {
      busy.value = false
      await after()
    }
  }

  const approve = (bookingId: string) => act(() => bookingsApi.approve(bookingId), t('bookings.approved'))

  async function refuse(bookingId: string): Promise<void> {
    const answer = await ElMessageBox.prompt(t('bookings.refuseHint'), t('bookings.refuseTitle'), {
      confirmButtonText: t('bookings.refuse'),
      cancelButtonText: t('cancel'),
      inputValidator: (text: string) =>
        ((text ?? '').trim().length >= 2 && text.trim().length <= 200) || t('bookings.refuseHint'),
    }).catch(() => null)
    if (answer && 'value' in answer)
      await act(() => bookingsApi.refuse(bookingId, answer.value.trim()), t('bookings.refused'))
  }

  async function withdraw(booking: Booking): Promise<void> {
    const runs = booking.state === 'recording'
    const agreed = await ElMessageBox.confirm(
      `${booking.roomName} ${booking.purpose}`,
      t(runs ? 'bookings.stopTitle' : 'bookings.withdrawTitle'),
      { confirmButtonText: t(runs ? 'bookings.stop' : 'bookings.withdraw'), cancelButtonText: t('cancel') },
    ).then(
      () => true,
      () => false,
    )
    if (agreed && isOpen(booking)) await act(() => bookingsApi.withdraw(booking.bookingId), t('bookings.withdrawn'))
  }

  return { busy, act, approve, refuse, withdraw }
}
