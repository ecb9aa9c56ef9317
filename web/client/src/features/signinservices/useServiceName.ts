import { useI18n } from 'vue-i18n'

/** What a service is called in the person's language. */
export function useServiceName(): (service: { label: string; labelEn: string }) => string {
  const { locale } = useI18n()
  return (service) => (locale.value === 'en' ? service.labelEn : service.label)
}
