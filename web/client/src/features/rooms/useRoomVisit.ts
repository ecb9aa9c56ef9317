import { ElMessage, ElMessageBox } from 'element-plus'
import { ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { VisitMedia } from '@/api/types'
import { useTexts } from '@/app/texts'
import { useVisit } from '@/features/visits/useVisit'

/**
 * The visit of a room's page: asked for in a dialog, ended by a button.
 *
 * @param away leaves the page
 */
export function useRoomVisit(roomId: string, away: () => Promise<unknown>) {
  const { t } = useI18n()
  const { errorText } = useTexts()
  const { visit, client, lapse, begin, leave, visiting } = useVisit(roomId)
  const asking = ref(false)
  const opening = ref(false)
  const problem = ref('')

  async function openVisit(purpose: string, media: VisitMedia): Promise<void> {
    opening.value = true
    problem.value = ''
    try {
      await leave().catch(() => undefined)
      await begin(purpose, media)
      asking.value = false
    } catch (error) {
      problem.value = errorText(error)
    } finally {
      opening.value = false
    }
  }
  async function endVisit(): Promise<void> {
    try {
      await leave()
      ElMessage({ message: t('room.left'), type: 'success', grouping: true })
    } catch (error) {
      ElMessage({ message: errorText(error), type: 'warning' })
    }
    void away()
  }
  async function confirmLeave(): Promise<void> {
    // The question would stand behind the full-screen stage.
    if (document.fullscreenElement) await document.exitFullscreen()
    if (!visiting.value) {
      void away()
      return
    }
    const agreed = await ElMessageBox.confirm(t('room.leaveText'), t('room.leave'), {
      confirmButtonText: t('room.leave'),
      cancelButtonText: t('room.stay'),
    }).then(
      () => true,
      () => false,
    )
    if (agreed) await endVisit()
  }

  watch(lapse, (error) => {
    if (!error) return
    problem.value = errorText(error)
    asking.value = true
  })
  return { visit, client, visiting, asking, opening, problem, openVisit, confirmLeave }
}
