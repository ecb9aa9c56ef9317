import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { dayBegins, kinds } from './kinds'
import zh from './zh-CN'

/** The server's sources; what it writes in the trail stands in those that know the trail. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return ['client', 'wwwroot'].includes(entry.name) ? [] : sources(join(folder, entry.name))
    return entry.name.endsWith('.cs') ? [readFileSync(join(folder, entry.name), 'utf8')] : []
  })
}
const server = sources(resolve(process.cwd(), '..'))
const telling = server.filter((source) => /AuditTrail|\bDeed\b|Xunke\.Web\.Audit/.test(source))
const all = (pattern: RegExp, where = server) =>
  where.flatMap((source) => [...source.matchAll(pattern)].map(([, word]) => word))

/** Words of the same look that are no actions: files, and what health and metrics call the server's own work. */
const file = /\.(csv|json|html|txt|db|key|lock|xml|sh|md)$/
const works = new Set([...all(/(?:TryAsync|Failed)\(\s*"([a-z.-]+)"/g), ...all(/PeriodicWork\(\s*"([a-z.-]+)"/g)])
const others = new Set([
  'xunke.device',
  'xunke.second-factor',
  'xunke.second-factor-setup',
  'oneroster.version',
  'timetable.ics',
])

const known = new Set(
  Object.entries(zh.audit.action).flatMap(([noun, deeds]) => Object.keys(deeds).map((deed) => `${noun}.${deed}`)),
)

it('has words for everything that the server writes in the trail', () => {
  const written = [
    ...all(/"([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)"/g, telling).filter(
      (word) => !file.test(word) && !works.has(word) && !others.has(word),
    ),
    ...all(/"([a-z]+)" => [A-Z]\w+Days/g).map((kind) => `retention.${kind}`),
    ...all(/RetentionRun\.Action \+ "([a-z]+)"/g).map((word) => `retention.${word}`),
    ...all(/EditAsync<TRow>\(caller, "([a-z]+)"/g).map((deed) => `books.${deed}`),
  ]
  expect(written.length).toBeGreaterThan(40)
  for (const one of [
    'look.room',
    'visit.opened',
    'retention.visits',
    'retention.finished',
    'books.added',
    'audit.shortened',
  ])
    expect(written).toContain(one)
  expect([...new Set(written)].filter((action) => !known.has(action))).toEqual([])
})

it('finds every action under a kind', () => {
  const beginnings: string[] = Object.values(kinds).flat()
  expect([...known].filter((action) => !beginnings.some((beginning) => action.startsWith(beginning)))).toEqual([])
})

it('begins a day at its midnight here', () => {
  expect(dayBegins('2026-11-30')).toBe(new Date(2026, 10, 30).toISOString())
  expect(dayBegins('2026-11-30', 1)).toBe(new Date(2026, 11, 1).toISOString())
  expect(dayBegins('')).toBeUndefined()
})
