import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import zh from './chinese'
import en from './english'

type Tree = { [key: string]: string | Tree }
function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}
const chinese = flatten(zh)
const english = flatten(en)
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : []
  })
}

describe('messages', () => {
  it('have their names from one part of the application each', async () => {
    const parts = Object.values(import.meta.glob<{ default: Tree }>('../**/zh-CN.ts', { eager: true }))
    expect(parts.length).toBeGreaterThan(10)
    const names = parts.flatMap((part) => Object.keys(part.default))
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    expect(names.toSorted()).toEqual(Object.keys(zh).toSorted())
  })

  it('exist in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('take the same values in both languages, in singular and plural', () => {
    for (const [key, text] of chinese) {
      for (const form of english.get(key)!.split('|'))
        expect({ key, values: placeholders(form) }).toEqual({ key, values: placeholders(text) })
    }
  })

  it('hold no Chinese in English', () => {
    for (const [key, text] of english)
      expect({ key, chinese: /\p{Script=Han}/u.test(text) }).toEqual({ key, chinese: false })
  })

  it('contain every key that the pages ask for by name', () => {
    const asked = sources('src').flatMap((source) => [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key))
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter((key) => !chinese.has(key))).toEqual([])
  })
})
