import { useI18n } from 'vue-i18n'
import { faultOf } from './timeline'

/** Texts for what is wrong with a recording. */
export function useFaults() {
  const { t, te } = useI18n()

  function faultText(fault: string): string {
    const { code, detail } = faultOf(fault)
    return te(`recordings.fault.${code}`) ? t(`recordings.fault.${code}`, { detail }) : fault
  }

  return { faultText }
}
