import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, ref } from 'vue'
import { ApiError } from '@/api/http'
import { useLoaded } from './loaded'

/** A page that asks a server which answers when the test says so. */
function open() {
  const question = ref('week')
  const asked: { question: string; answer: (text: string) => void; fail: (error: unknown) => void }[] = []
  const fetch = () => new Promise<string>((answer, fail) => asked.push({ question: question.value, answer, fail }))
  let page!: ReturnType<typeof useLoaded<string>>
  mount(defineComponent({ setup: () => ((page = useLoaded(fetch, [question])), () => null) }))
  return { question, asked, page }
}

it('asks when the page opens and shows the answer', async () => {
  const { asked, page } = open()
  expect(page.value.value).toBeNull()
  asked[0].answer('seven days')
  await flushPromises()
  expect(page.value.value).toBe('seven days')
})

it('shows no late answer to an earlier question, nor its failure', async () => {
  const { question, asked, page } = open()
  for (const next of ['month', 'all']) {
    question.value = next
    await flushPromises()
  }
  expect(asked.map((one) => one.question)).toEqual(['week', 'month', 'all'])
  asked[2].answer('everything')
  await flushPromises()
  asked[0].answer('seven days')
  asked[1].fail(new ApiError(500, 'broken', ''))
  await flushPromises()
  expect([page.value.value, page.failed.value]).toEqual(['everything', null])
})

it('tells what is missing from what failed, and asks again', async () => {
  const { asked, page } = open()
  asked[0].fail(new ApiError(404, 'unknown-lesson', ''))
  await flushPromises()
  expect(page.missing.value).toBe(true)
  void page.load()
  expect([page.failed.value, page.missing.value]).toEqual([null, false])
  asked[1].fail(new ApiError(500, 'broken', ''))
  await flushPromises()
  expect([page.failed.value !== null, page.missing.value]).toEqual([true, false])
})
