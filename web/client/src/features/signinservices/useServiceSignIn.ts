import { computed, ref, shallowRef } from 'vue'
import type { LocationQuery } from 'vue-router'
import { ApiError } from '@/api/http'
import type { SessionUser } from '@/api/types'
import { useServiceErrors } from './useServiceErrors'
import { useServiceName } from './useServiceName'
import { signInServicesApi, type SignInService, type WaitingSignIn } from './signInServicesApi'

/**
 * Where a person is who signs in by a service: nowhere; asked for a code; about to sign in by the password once, because nothing is
 * linked yet; asked whether to link.
 */
export type ServiceStep = 'none' | 'code' | 'password' | 'confirm'

/** Signs in by a service, on the page to sign in at. */
export function useServiceSignIn(signedIn: (user: SessionUser) => Promise<unknown>) {
  const { serviceError, faultText } = useServiceErrors()
  const nameOf = useServiceName()

  const services = shallowRef<readonly SignInService[]>([])
  const waiting = shallowRef<WaitingSignIn | null>(null)
  const step = ref<ServiceStep>('none')
  const busy = ref(false)
  const problem = ref('')

  const service = computed(() => (waiting.value ? nameOf(waiting.value) : ''))
  const person = computed(() => waiting.value?.name ?? '')

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = ''
    try {
      await work()
    } catch (error) {
      problem.value = serviceError(error)
    } finally {
      busy.value = false
    }
  }

  /** Reads what services there are, and goes on with a sign-in that has come back from one. The password needs none of it. */
  async function arrive(query: LocationQuery): Promise<void> {
    try {
      services.value = await signInServicesApi.list()
    } catch {
      return
    }
    const came = services.value.find((one) => one.name === query.service)
    if (!came) return
    if (query.fault) problem.value = faultText(query.fault, nameOf(came))
    else await complete()
  }

  /** @param code of the second factor, once the server has asked for it */
  const complete = (code?: string) =>
    attempt(async () => {
      try {
        const user = await signInServicesApi.signIn(code)
        step.value = 'none'
        await signedIn(user)
      } catch (error) {
        const fault = error instanceof ApiError ? error.code : ''
        if (fault !== 'code-needed' && fault !== 'not-linked') throw error
        waiting.value = (await signInServicesApi.waiting()) ?? null
        step.value = fault === 'code-needed' ? 'code' : 'password'
      }
    })

  /** Leaves this site. */
  const begin = (name: string, page: string) =>
    attempt(async () => window.location.assign(await signInServicesApi.begin(name, page)))

  /** @param password with which the person has just signed in */
  const link = (password: string) =>
    attempt(async () => {
      await signInServicesApi.link(password)
      step.value = 'none'
    })

  /** Goes on without. */
  async function forget(): Promise<void> {
    step.value = 'none'
    waiting.value = null
    problem.value = ''
    // It ends by itself in ten minutes where the server does not hear this.
    await signInServicesApi.forget().catch(() => {})
  }

  return { services, step, busy, problem, service, person, arrive, complete, begin, link, forget }
}
