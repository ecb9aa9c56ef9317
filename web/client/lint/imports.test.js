import { readdirSync } from 'node:fs'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import imports from './imports.js'

const linter = new Linter()
const faultsOf = (file, code) => linter.verify(code, imports, { filename: `src/${file}` }).map((fault) => fault.ruleId)

describe('who may import whom', () => {
  it('is said of every feature', () => {
    const said = imports.map(({ name }) => name)
    for (const feature of readdirSync('src/features')) expect(said).toContain(`imports of features/${feature}`)
  })

  it.each([
    ['features/rooms/a.ts', "import '@/features/media/whep'"],
    ['features/rooms/a.ts', "import '@/app/session'"],
    ['features/rooms/a.ts', "import './b'"],
    ['features/rooms/a.ts', "void import('./b')"],
    ['app/a.ts', "import '@/features/rooms/routes'"],
    ['app/a.ts', "import '@/api'"],
  ])('lets %s say %s', (file, code) => {
    expect(faultsOf(file, code)).toEqual([])
  })

  it.each([
    ['features/media/a.ts', "import '@/features/rooms/rules'"],
    ['features/media/a.ts', "import '../rooms/rules'"],
    ['features/media/a.ts', "void import('@/features/rooms/rules')"],
    ['app/a.ts', "import '@/features/rooms/rules'"],
    ['ui/a.ts', "import '@/features/rooms/routes'"],
    ['ui/a.ts', "import '@/app/session'"],
    ['api/a.ts', "import '@/ui/format'"],
  ])('does not let %s say %s', (file, code) => {
    expect(faultsOf(file, code)).toHaveLength(1)
  })
})
