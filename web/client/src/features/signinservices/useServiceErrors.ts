import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/http'
import { useTexts } from '@/app/texts'
import { useServiceName } from './useServiceName'

/** What to tell a person of whom a service has not signed in: these messages name the service. */
export function useServiceErrors() {
  const { t, te } = useI18n()
  const { errorText } = useTexts()
  const nameOf = useServiceName()

  function serviceError(error: unknown): string {
    if (!(error instanceof ApiError) || !te(`signInServices.refused.${error.code}`)) return errorText(error)
    const { label, labelEn } = error.more
    const service = typeof label === 'string' && typeof labelEn === 'string' ? nameOf({ label, labelEn }) : ''
    return t(`signInServices.refused.${error.code}`, { service })
  }

  /** Why a browser came back from a service without a person. */
  function faultText(fault: unknown, service: string): string {
    const known = fault === 'cancelled' || fault === 'down' ? fault : 'failed'
    return t(`signInServices.fault.${known}`, { service })
  }

  return { serviceError, faultText }
}
