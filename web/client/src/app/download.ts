import { ElMessage } from 'element-plus'
import { saveFile } from '@/ui/saveFile'
import { useTexts } from './texts'

/** Asks for a file and hands it to the browser's downloads; says so where it cannot be had. */
export function useDownload() {
  const { errorText } = useTexts()
  return async (what: () => Promise<Blob>, name: string): Promise<void> => {
    try {
      saveFile(await what(), name)
    } catch (error) {
      ElMessage({ message: errorText(error), type: 'error' })
    }
  }
}
