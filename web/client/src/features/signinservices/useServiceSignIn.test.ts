import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { ApiError } from '@/api/http'
import type { SessionUser } from '@/api/types'
import { i18n } from '@/app/i18n'
import { signInServicesApi } from './signInServicesApi'
import { useServiceSignIn } from './useServiceSignIn'

const wecom = { name: 'wecom', label: '企业微信', labelEn: 'WeCom' }
const waiting = { service: 'wecom', label: '企业微信', labelEn: 'WeCom', name: '张三', isLinked: false }
const user = { userName: 'inspector' } as SessionUser

function begun() {
  const signedIn = vi.fn(async () => {})
  let one!: ReturnType<typeof useServiceSignIn>
  mount(
    defineComponent({
      setup() {
        one = useServiceSignIn(signedIn)
        return () => null
      },
    }),
    { global: { plugins: [i18n] } },
  )
  return { one, signedIn }
}

describe('a sign-in by a service', () => {
  beforeEach(() => {
    vi.spyOn(signInServicesApi, 'list').mockResolvedValue([wecom])
    vi.spyOn(signInServicesApi, 'waiting').mockResolvedValue(waiting)
  })
  afterEach(() => vi.restoreAllMocks())

  it('goes on when the browser comes back, and asks for what the server wants', async () => {
    const { one, signedIn } = begun()
    const signIn = vi.spyOn(signInServicesApi, 'signIn').mockRejectedValueOnce(new ApiError(401, 'code-needed', ''))
    await one.arrive({ service: 'wecom' })
    expect(one.step.value).toBe('code')
    signIn.mockResolvedValueOnce(user)
    await one.complete('123456')
    expect(signIn).toHaveBeenLastCalledWith('123456')
    expect(signedIn).toHaveBeenCalledWith(user)
  })

  it('asks for the password where nothing is linked, and says whom the service has named', async () => {
    const { one, signedIn } = begun()
    vi.spyOn(signInServicesApi, 'signIn').mockRejectedValueOnce(new ApiError(403, 'not-linked', ''))
    await one.arrive({ service: 'wecom' })
    expect([one.step.value, one.person.value]).toEqual(['password', '张三'])
    expect(signedIn).not.toHaveBeenCalled()
  })

  it('tells why it came back without anybody, and asks the server for nothing', async () => {
    const { one } = begun()
    const signIn = vi.spyOn(signInServicesApi, 'signIn')
    await one.arrive({ service: 'wecom', fault: 'down' })
    expect(one.problem.value).toContain('企业微信')
    expect(signIn).not.toHaveBeenCalled()
  })

  it('never stands in the way of the password', async () => {
    const { one } = begun()
    vi.spyOn(signInServicesApi, 'list').mockRejectedValueOnce(new ApiError(0, 'unreachable', ''))
    await one.arrive({ service: 'wecom' })
    expect([one.step.value, one.problem.value, one.busy.value]).toEqual(['none', '', false])
  })

  it('names the service that does not answer', async () => {
    const { one } = begun()
    vi.spyOn(signInServicesApi, 'begin').mockRejectedValueOnce(
      new ApiError(503, 'service-down', '', null, { label: '企业微信', labelEn: 'WeCom' }),
    )
    await one.begin('wecom', '/login')
    expect(one.problem.value).toContain('企业微信没有应答')
  })
})
