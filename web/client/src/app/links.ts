import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { badge } from '@/features/alerts/routes'
import { badge as late } from '@/features/rectifications/routes'
import { useSession } from './session'

/** The pages that the header leads to, for whoever is signed in. */
export function useLinks() {
  const { t } = useI18n()
  const session = useSession()
  const route = useRoute()
  return computed(() => [
    ...(session.may('watchRooms')
      ? [
          {
            to: session.home,
            name: t(
              session.may('watchDistrict')
                ? 'nav.district'
                : session.reachOf('watchRooms') === 'schools'
                  ? 'nav.schools'
                  : 'nav.school',
            ),
            here: route.path === '/' || /^\/(schools|rooms)(\/|$)/.test(route.path),
          },
        ]
      : []),
    ...(session.reachOf('seeLessons') === 'own'
      ? [{ to: '/week', name: t('timetable.mine'), here: route.path === '/week' }]
      : []),
    ...(session.may('patrol')
      ? [{ to: '/patrol', name: t('nav.patrol'), here: /^\/patrols?(\/|$)/.test(route.path) }]
      : session.reachOf('seePatrols') === 'own'
        ? [{ to: '/patrols', name: t('nav.patrol'), here: route.path === '/patrols' }]
        : []),
    ...(session.may('seeAlerts')
      ? [{ to: '/alerts', name: t('nav.alerts'), here: route.path === '/alerts', badge }]
      : []),
    // The district's administrator has no room for it here: the pages of alerts and of observations lead there.
    ...(session.may('seeRectifications') && !session.may('manageVisitRules')
      ? [
          {
            to: '/rectifications',
            name: t('nav.rectifications'),
            here: route.path.startsWith('/rectifications'),
            badge: late,
          },
        ]
      : []),
    ...(session.may('seeVisits') ? [{ to: '/visits', name: t('nav.visits'), here: route.path === '/visits' }] : []),
    ...(session.may('seeLessons')
      ? [{ to: '/lessons', name: t('nav.lessons'), here: route.path.startsWith('/lessons') }]
      : []),
    ...(session.may('observe') || session.reachOf('seeLessons') === 'own'
      ? [{ to: '/observations', name: t('nav.observations'), here: route.path.startsWith('/observations') }]
      : session.may('seeForms')
        ? [{ to: '/forms', name: t('forms.title'), here: route.path.startsWith('/forms') }]
        : []),
    ...(session.may('seeRecordings')
      ? [{ to: '/recordings', name: t('nav.recordings'), here: route.path.startsWith('/recordings') }]
      : []),
    ...(session.may('askForRecordings')
      ? [{ to: '/bookings', name: t('nav.bookings'), here: route.path === '/bookings' }]
      : []),
    ...(session.may('manageRooms')
      ? [{ to: '/admin/rooms', name: t('nav.admin'), here: route.path.startsWith('/admin/rooms') }]
      : []),
    ...(session.may('manageBooks')
      ? [{ to: '/admin/books', name: t('nav.books'), here: route.path.startsWith('/admin/books') }]
      : []),
    ...(session.may('manageAccounts')
      ? [{ to: '/admin/accounts', name: t('nav.accounts'), here: /^\/admin\/(accounts|tokens)$/.test(route.path) }]
      : []),
    ...(session.may('manageVisitRules')
      ? [{ to: '/admin/visits', name: t('nav.rules'), here: route.path === '/admin/visits' }]
      : []),
    ...(session.may('readAudit')
      ? [{ to: '/admin/audit', name: t('nav.audit'), here: route.path === '/admin/audit' }]
      : []),
  ])
}
