import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { i18n } from '@/app/i18n'
import { useSession } from '@/app/session'
import BooksPage from './BooksPage.vue'
import type { Row } from './types'

// No push comes: what is asked is what the page asks by itself.
vi.mock('@/live/hub', () => ({ live: { status: { value: 'connected' }, follow: () => () => {} } }))

/** What the server would answer, by method and path; whatever is not here is not there. */
type Answer = { status?: number; body?: unknown; step?: string }

const room = (id: string, name: string, changes: Partial<Row> = {}): Row => ({
  id,
  schoolId: 's01',
  name,
  grade: '三年级',
  enrolled: 40,
  version: '1',
  ...changes,
})
const school: Row = { id: 's01', name: '湖滨小学', nameEn: 'Lakeside', order: 1, version: '1' }

describe('the page of the books', () => {
  let answers: Record<string, (body: Row) => Answer>
  let asked: { what: string; body: Row }[]
  let shown: ReturnType<typeof mount>

  beforeEach(async () => {
    asked = []
    answers = {
      'GET /api/schools': () => ({ body: [{ schoolId: 's01', name: '湖滨小学', nameEn: 'Lakeside', rooms: 2 }] }),
      'GET /api/books/schools': () => ({ body: { rows: [school] } }),
      'GET /api/books/rooms': () => ({ body: { rows: [room('s01-301', '三年级1班'), room('s01-302', '三年级2班')] } }),
    }
    vi.stubGlobal('fetch', async (path: string, init: { method: string; body?: string }) => {
      const body = JSON.parse(init.body ?? '{}') as Row
      const what = `${init.method} ${path}`
      asked.push({ what, body })
      const {
        status = 200,
        body: sent = {},
        step,
      } = (answers[what] ?? ((): Answer => ({ status: 404, body: { code: 'not-found' } })))(body)
      return new Response(status === 204 ? null : JSON.stringify(sent), {
        status,
        headers: step ? { 'Xunke-Step': step } : {},
      })
    })
    // jsdom has no layout.
    Element.prototype.scrollIntoView = () => {}
    Element.prototype.checkVisibility = () => false
    setActivePinia(createPinia())
    useSession().user = {
      userName: 'administrator',
      displayName: '管理员',
      role: 'administrator',
      schoolId: null,
      schoolName: null,
      permissions: [{ permission: 'manageBooks', reach: 'district' }],
      mustSetUpSecondFactor: false,
    }
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/admin/books/:book', component: BooksPage }],
    })
    await router.push('/admin/books/rooms')
    shown = mount(BooksPage, { attachTo: document.body, global: { plugins: [router, i18n] } })
    await flushPromises()
  })
  afterEach(() => {
    shown.unmount()
    document.body.innerHTML = ''
    vi.unstubAllGlobals()
  })

  const cell = (name: string) => shown.get<HTMLButtonElement>(`[data-cell="${name}"]`)
  const field = () => shown.get<HTMLInputElement>('.editing input')
  const changes = () => asked.filter(({ what }) => !what.startsWith('GET'))
  async function type(value: string, key: string): Promise<void> {
    await field().setValue(value)
    await field().trigger('keydown', { key })
    await flushPromises()
  }

  it('changes a cell where it stands, and undoes that', async () => {
    answers['PUT /api/books/rooms/s01-301'] = (body) => ({ body: { ...body, version: '2' }, step: 'step-7' })
    answers['POST /api/books/steps/step-7/undo'] = () => ({ body: { changed: 1 } })
    await cell('s01-301/name').trigger('click')
    expect(document.activeElement).toBe(field().element)
    await type(' 三年级一班 ', 'Enter')
    expect(changes()).toEqual([{ what: 'PUT /api/books/rooms/s01-301', body: room('s01-301', '三年级一班') }])
    expect(cell('s01-301/name').text()).toBe('三年级一班')
    await nextTick()
    expect(document.activeElement?.getAttribute('data-cell')).toBe('s01-301/name')

    document.querySelector<HTMLButtonElement>('.el-message .tool')!.click()
    await flushPromises()
    expect(changes().at(-1)?.what).toBe('POST /api/books/steps/step-7/undo')
    expect(cell('s01-301/name').text()).toBe('三年级1班')
  })

  it('gives up with Escape, and asks nothing where nothing was changed', async () => {
    await cell('s01-301/name').trigger('click')
    await type('别的', 'Escape')
    expect(cell('s01-301/name').text()).toBe('三年级1班')
    await cell('s01-301/name').trigger('click')
    await type('三年级1班', 'Enter')
    expect(shown.find('.editing').exists()).toBe(false)
    expect(changes()).toEqual([])
  })

  it('goes to the next cell with Tab, over the end of a row, and back', async () => {
    await cell('s01-301/enrolled').trigger('click')
    await field().trigger('keydown', { key: 'Tab' })
    await flushPromises()
    expect([field().attributes('aria-label'), field().element.value]).toEqual(['教室', '三年级2班'])
    await field().trigger('keydown', { key: 'Tab', shiftKey: true })
    await flushPromises()
    expect(field().attributes('aria-label')).toBe('人数')
  })

  it('says beside a wrong field what is wrong, here and from the server', async () => {
    await cell('s01-301/enrolled').trigger('click')
    await type('500', 'Enter')
    expect(shown.get('.problem').text()).toBe('应为 0 到 100 的整数')
    expect(changes()).toEqual([])

    answers['PUT /api/books/rooms/s01-301'] = () => ({
      status: 400,
      body: { code: 'bad-row', faults: [{ field: 'enrolled', reason: '太多了', reasonEn: 'too many' }] },
    })
    await type('99', 'Enter')
    expect(shown.get('.problem').text()).toBe('太多了')
    expect(field().element.value).toBe('99')
  })

  it('keeps what was written where the server cannot be reached', async () => {
    answers['PUT /api/books/rooms/s01-301'] = () => {
      throw new TypeError('no network')
    }
    await cell('s01-301/name').trigger('click')
    await type('三年级一班', 'Enter')
    expect(shown.get('.problem').text()).toBe('连不上服务器。请检查网络，稍后再试。')
    expect(field().element.value).toBe('三年级一班')
  })

  const button = (text: string) =>
    [...document.querySelectorAll<HTMLButtonElement>('.el-dialog button')].find(
      (one) => one.textContent.trim() === text,
    )!

  it('shows both where somebody else has changed the row, and saves over it when asked to', async () => {
    answers['PUT /api/books/rooms/s01-301'] = (body) =>
      body.version === '1'
        ? {
            status: 409,
            body: { code: 'changed-meanwhile', current: room('s01-301', '三(1)班', { enrolled: 41, version: '5' }) },
          }
        : { body: { ...body, version: '6' }, step: 'step-8' }
    await cell('s01-301/name').trigger('click')
    await type('三年级一班', 'Enter')
    const rows = [...document.querySelectorAll('.both tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((one) => one.textContent),
    )
    expect(rows).toEqual([
      ['教室', '三年级1班', '三(1)班', '三年级一班'],
      ['人数', '40', '41', '没有改'],
    ])
    button('用我的').click()
    await flushPromises()
    // The other's change of another field stays.
    expect(changes().at(-1)?.body).toEqual(room('s01-301', '三年级一班', { enrolled: 41, version: '5' }))
    expect(cell('s01-301/name').text()).toBe('三年级一班')
    expect(cell('s01-301/enrolled').text()).toBe('41')
  })

  it('leaves the other’s row when asked to', async () => {
    answers['PUT /api/books/rooms/s01-301'] = () => ({
      status: 409,
      body: { code: 'changed-meanwhile', current: room('s01-301', '三(1)班', { version: '5' }) },
    })
    await cell('s01-301/name').trigger('click')
    await type('三年级一班', 'Enter')
    button('用对方的').click()
    await flushPromises()
    expect(changes()).toHaveLength(1)
    expect(cell('s01-301/name').text()).toBe('三(1)班')
  })

  it('tells what uses a row instead of deleting it', async () => {
    answers['GET /api/books/rooms/s01-301/uses'] = () => ({
      body: {
        uses: [
          { book: 'classes', count: 1, examples: ['三年级1班'] },
          { book: 'live', count: 1, examples: [] },
        ],
      },
    })
    await cell('s01-301/remove').trigger('click')
    await flushPromises()
    expect(document.querySelector('.uses')?.textContent).toMatch(/班级：1.*三年级1班.*正在直播的画面：1/)
    expect(button('删除')).toBeUndefined()
  })

  it('deletes what nothing uses', async () => {
    answers['GET /api/books/rooms/s01-301/uses'] = () => ({ body: { uses: [] } })
    answers['DELETE /api/books/rooms/s01-301?version=1'] = () => ({
      body: room('s01-301', '三年级1班'),
      step: 'step-9',
    })
    await cell('s01-301/remove').trigger('click')
    await flushPromises()
    button('删除').click()
    await flushPromises()
    expect(shown.find('[data-cell="s01-301/name"]').exists()).toBe(false)
    expect(shown.text()).toContain('共 1 行')
  })

  it('tells who changed a row, field by field, and undoes that', async () => {
    const before = room('s01-301', '三年级1班')
    answers['GET /api/books/history?book=rooms&rowId=s01-301&take=20'] = () => ({
      body: {
        steps: [
          {
            step: 'step-3',
            at: '2026-11-30T08:00:00Z',
            userName: 'zhao',
            displayName: '赵磊',
            number: 3,
            count: 25,
            mayUndo: true,
            changes: [{ book: 'rooms', rowId: 's01-301', before, after: { ...before, grade: '', enrolled: 41 } }],
          },
        ],
      },
    })
    answers['POST /api/books/steps/step-3/undo'] = () => ({
      status: 409,
      body: { code: 'changed-since', detail: '…', rows: ['rooms: s01-301'] },
    })
    await cell('s01-301/history').trigger('click')
    await flushPromises()
    const told = document.querySelector('.steps')!
    expect(told.textContent).toMatch(/赵磊.*修改.*教室.*三年级1班.*年级三年级 → （空）.*人数40 → 41.*还有 24 行/)
    told.querySelector<HTMLButtonElement>('button')!.click()
    await flushPromises()
    expect(document.body.textContent).toContain('不能撤销：教室 三年级1班')
  })

  it('finds rows by initials, and keeps an edited row in its place', async () => {
    await shown.get('input[type=search]').setValue('snj2b')
    await vi.waitFor(() => expect(shown.findAll('tbody tr')).toHaveLength(1), { timeout: 5000 })
    expect(cell('s01-302/name').text()).toBe('三年级2班')
    answers['PUT /api/books/rooms/s01-302'] = (body) => ({ body: { ...body, version: '2' }, step: 'step-1' })
    await cell('s01-302/name').trigger('click')
    await type('阅览室', 'Enter')
    expect(cell('s01-302/name').text()).toBe('阅览室')
  })
})
