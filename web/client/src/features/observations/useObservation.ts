import { ElMessage } from 'element-plus'
import { computed, onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { ApiError, reachable } from '@/api/http'
import { useTexts } from '@/app/texts'
import type { FormAnswer, FormTotal } from '@/features/forms/formsApi'
import { keyOf, readKept, restore, sameAnswers, shownRemarks, type DraftAnswers, type Kept } from './draft'
import { observationsApi, type Observation, type WrittenRemark } from './observationsApi'

const settleMilliseconds = 800
const retryMilliseconds = 4000

export type Saving = 'saved' | 'waiting' | 'saving' | 'unreachable' | 'conflict' | 'failed'

/**
 * An observation in hand. A draft saves itself: what the server has not acknowledged lies in this browser, survives a closed lid, and is
 * sent again, which changes nothing where it had arrived.
 */
export function useObservation(observationId: string) {
  const { errorText } = useTexts()
  const observation = shallowRef<Observation | null>(null)
  const failed = shallowRef<unknown>(null)
  const saving = ref<Saving>('saved')
  const busy = ref(false)
  const answers = ref<DraftAnswers>({})
  const overall = ref('')
  const pending = shallowRef<Kept['remarks']>({})
  const total = shallowRef<FormTotal | null>(null)
  /** As the server has it. */
  let base: Pick<Kept, 'answers' | 'overall'> = { answers: {}, overall: '' }
  let version = 0
  let timer = 0
  let flushing: Promise<void> | null = null

  const isDraft = computed(() => observation.value?.state === 'draft' && observation.value.isMine)
  const remarks = computed(() => shownRemarks(observation.value?.remarks ?? [], pending.value))
  const isDirty = () => overall.value !== base.overall || !sameAnswers(answers.value, base.answers)
  const isBehind = () => isDirty() || Object.keys(pending.value).length > 0

  function take(found: Observation): void {
    observation.value = found
    total.value = found.total
    ;[version, base] = [found.version, { answers: { ...found.answers }, overall: found.overall }]
  }
  async function load(): Promise<void> {
    failed.value = null
    try {
      const found = await observationsApi.read(observationId)
      take(found)
      const kept = readKept(localStorage.getItem(keyOf(observationId)))
      if (!isDraft.value) {
        localStorage.removeItem(keyOf(observationId))
        ;[answers.value, overall.value, pending.value] = [{ ...found.answers }, found.overall, {}]
        return
      }
      const { draft, conflict } = restore(found, kept)
      ;[answers.value, overall.value, pending.value] = [{ ...draft.answers }, draft.overall, draft.remarks]
      if (conflict) saving.value = 'conflict'
      else if (isBehind()) void flush()
      else keep()
    } catch (error) {
      failed.value = error
    }
  }

  /** What is not acknowledged lies here; nothing else does. */
  function keep(): void {
    try {
      if (!isBehind()) localStorage.removeItem(keyOf(observationId))
      else
        localStorage.setItem(
          keyOf(observationId),
          JSON.stringify({
            version,
            answers: answers.value,
            overall: overall.value,
            remarks: pending.value,
          } satisfies Kept),
        )
    } catch {
      // A browser without room for it: the server's copy is all there is, as the state says.
    }
  }
  function changed(): void {
    keep()
    if (saving.value === 'conflict') return
    saving.value = 'waiting'
    clearTimeout(timer)
    timer = window.setTimeout(() => void flush(), settleMilliseconds)
  }

  function answer(key: string, given: FormAnswer): void {
    answers.value = { ...answers.value, [key]: given }
    changed()
  }
  function say(text: string): void {
    overall.value = text
    changed()
  }
  function remark(written: WrittenRemark, id: string = crypto.randomUUID()): void {
    pending.value = { ...pending.value, [id]: written }
    changed()
  }
  function dropRemark(id: string): void {
    pending.value = { ...pending.value, [id]: null }
    changed()
  }

  /** Sends all that is not acknowledged; one at a time. */
  async function flush(): Promise<void> {
    while (flushing) await flushing
    if (!isDraft.value || saving.value === 'conflict' || !isBehind()) return
    flushing = send()
    await flushing
  }
  async function send(): Promise<void> {
    clearTimeout(timer)
    saving.value = 'saving'
    try {
      for (const [id, written] of Object.entries(pending.value)) await sendRemark(id, written)
      if (isDirty()) {
        const sent = { answers: { ...answers.value }, overall: overall.value }
        const saved = await observationsApi.save(observationId, { version, ...sent })
        ;[version, base, total.value] = [saved.version, sent, saved.total]
      }
      saving.value = 'saved'
      if (isBehind()) changed()
    } catch (error) {
      refused(error)
    } finally {
      keep()
      flushing = null
    }
  }
  async function sendRemark(id: string, written: WrittenRemark | null): Promise<void> {
    const known = observation.value!
    const saved = written
      ? await observationsApi.remark(observationId, id, written)
      : await observationsApi.dropRemark(observationId, id)
    const others = known.remarks.filter((one) => one.id !== id)
    observation.value = { ...known, remarks: saved ? [...others, saved] : others }
    // Changed again meanwhile: that is still to be sent.
    if (pending.value[id] !== written) return
    pending.value = Object.fromEntries(Object.entries(pending.value).filter(([one]) => one !== id))
  }
  function refused(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0
    if (error instanceof ApiError && error.code === 'changed-since') saving.value = 'conflict'
    else if (error instanceof ApiError && error.code === 'observation-sent') void load()
    else if (status === 0 || status >= 500 || status === 429) {
      saving.value = 'unreachable'
      timer = window.setTimeout(() => void flush(), retryMilliseconds)
    } else {
      saving.value = 'failed'
      ElMessage({ message: errorText(error), type: 'warning' })
    }
  }

  /** Somebody has saved another version: it is taken, or this one is put on top of it. */
  async function resolve(mine: boolean): Promise<void> {
    const own = { answers: answers.value, overall: overall.value }
    try {
      take(await observationsApi.read(observationId))
      saving.value = 'saved'
      ;[answers.value, overall.value] = mine
        ? [own.answers, own.overall]
        : [{ ...observation.value!.answers }, observation.value!.overall]
      keep()
      await flush()
    } catch (error) {
      ElMessage({ message: errorText(error), type: 'warning' })
    }
  }

  /** @returns whether it was done; otherwise the person was told why not */
  async function act(work: () => Promise<Observation>): Promise<boolean> {
    busy.value = true
    try {
      take(await work())
      keep()
      return true
    } catch (error) {
      ElMessage({ message: errorText(error), type: 'warning' })
      return false
    } finally {
      busy.value = false
    }
  }
  async function submit(): Promise<boolean> {
    await flush()
    if (isBehind()) return false
    const done = await act(() => observationsApi.submit(observationId, version))
    if (done) localStorage.removeItem(keyOf(observationId))
    return done
  }
  async function drop(): Promise<boolean> {
    try {
      await observationsApi.drop(observationId)
      localStorage.removeItem(keyOf(observationId))
      ;[observation.value, pending.value] = [null, {}]
      base = { answers: answers.value, overall: overall.value }
      return true
    } catch (error) {
      ElMessage({ message: errorText(error), type: 'warning' })
      return false
    }
  }

  onMounted(load)
  watch(
    reachable,
    (is) => is && (saving.value === 'unreachable' ? void flush() : failed.value ? void load() : undefined),
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    keep()
    void flush()
  })
  return {
    observation,
    failed,
    saving,
    busy,
    answers,
    overall,
    total,
    remarks,
    isDraft,
    load,
    answer,
    say,
    remark,
    dropRemark,
    resolve,
    act,
    submit,
    drop,
  }
}

export type ObservationInHand = ReturnType<typeof useObservation>
