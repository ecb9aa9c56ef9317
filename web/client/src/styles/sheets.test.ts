import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const all = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(vue|ts)$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join('src', path), 'utf8') }))

const sheetsIn = (text: string) => [...text.matchAll(/theme-chalk\/el-([a-z-]+)\.css/g)].map(([, name]) => name)
/** ElConfigProvider draws nothing. */
const bare = new Set(['config-provider'])

it('has the sheet of every component of Element Plus, for all or in the folder that uses it', () => {
  const common = new Set(all.filter(({ path }) => path.startsWith('styles')).flatMap(({ text }) => sheetsIn(text)))
  const missing = all.flatMap(({ path, text }) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const own = all.filter((one) => one.path.startsWith(folder)).flatMap((one) => sheetsIn(one.text))
    return [...text.matchAll(/import \{([^}]*)\} from 'element-plus'/g)]
      .flatMap(([, names]) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => /^El[A-Z]/.test(name))
      .map((name) =>
        name
          .slice(2)
          .replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`)
          .toLowerCase(),
      )
      .filter((name) => !bare.has(name) && !common.has(name) && !own.includes(name))
      .map((name) => `${path}: ${name}`)
  })
  expect(missing).toEqual([])
})
