import { ElMessage } from 'element-plus'
import { computed, ref, shallowRef, watch } from 'vue'
import { useTexts } from '@/app/texts'
import { reviewsApi, type Objection, type Review } from './reviewsApi'

/** What people say of the lesson that a page shows, and the one way to change it: do it, then read it again. */
export function useReview(lessonId: () => string) {
  const { errorText } = useTexts()
  const review = shallowRef<Review | null>(null)
  const failed = shallowRef<unknown>(null)
  const busy = ref(false)

  async function load(): Promise<void> {
    const asked = lessonId()
    try {
      const answer = await reviewsApi.read(asked)
      if (asked === lessonId()) [review.value, failed.value] = [answer, null]
    } catch (error) {
      if (asked === lessonId()) failed.value = error
    }
  }
  watch(
    lessonId,
    () => {
      review.value = null
      void load()
    },
    { immediate: true },
  )

  /** @returns whether it was done; otherwise the person was told why not */
  async function change(work: (lessonId: string) => Promise<unknown>): Promise<boolean> {
    busy.value = true
    try {
      await work(lessonId())
      await load()
      return true
    } catch (error) {
      ElMessage({ message: errorText(error), type: 'error' })
      return false
    } finally {
      busy.value = false
    }
  }

  /** The objections to each figure that stand, by the figure's place in the snapshot. */
  const objections = computed(() => {
    const found = new Map<string, Objection[]>()
    for (const one of review.value?.objections ?? [])
      if (!one.withdrawnAt) found.set(one.figure, [...(found.get(one.figure) ?? []), one])
    return found
  })

  return { review, failed, busy, load, change, objections }
}

export type ReviewInHand = ReturnType<typeof useReview>
