import { ElMessage } from 'element-plus'
import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useTexts } from '@/app/texts'
import { importsApi, type ImportDone } from './importsApi'

/** One file on its way: it is sent, looked at, answered, imported, and perhaps undone. */
export function useImport<TDraft extends { importId: string }>() {
  const { t } = useI18n()
  const { errorText } = useTexts()
  const draft = shallowRef<TDraft | null>(null)
  const done = shallowRef<ImportDone | null>(null)
  const busy = ref(false)
  const problem = ref('')

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = ''
    try {
      await work()
    } catch (error) {
      problem.value = errorText(error)
    } finally {
      busy.value = false
    }
  }
  const send = (ask: () => Promise<TDraft>) =>
    attempt(async () => {
      done.value = null
      draft.value = null
      draft.value = await ask()
    })
  /** Says something of the draft, and shows what it would do then. */
  const say = (ask: (importId: string) => Promise<TDraft>) =>
    attempt(async () => {
      draft.value = await ask(draft.value!.importId)
    })
  const commit = (ask: (importId: string) => Promise<ImportDone>) =>
    attempt(async () => {
      done.value = await ask(draft.value!.importId)
      draft.value = null
    })
  const undo = () =>
    attempt(async () => {
      await importsApi.undo(done.value!.step)
      done.value = null
      ElMessage({ message: t('imports.undone'), type: 'success' })
    })
  return { draft, done, busy, problem, attempt, send, say, commit, undo }
}
