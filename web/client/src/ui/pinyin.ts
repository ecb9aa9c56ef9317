import dictionary from 'pinyin-match/es/traditional.js'

const numerals = '零一二三四五六七八九'
const known = new Map<string, boolean>()

/** Whether one of a character's readings begins with these letters; ü may be written v, u or yu. */
function readsAs(character: string, letters: string): boolean {
  const key = character + letters
  let reads = known.get(key)
  if (reads === undefined) {
    const spellings = new Set([letters, letters.replace(/^([nl])y?u/, '$1v')])
    reads = [...spellings].some((one) => dictionary.match(character, one) !== false)
    known.set(key, reads)
  }
  return reads
}

/** Lower case, half width, without spaces. */
const plain = (text: string) => [...text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')]

/**
 * Whether a name holds what somebody typed: its characters, the beginnings of their pinyin, or both mixed ("lixm", "3nj2b").
 * A character has all its readings; signs in the name need not be typed.
 */
export function matchesPinyin(search: string, name: string): boolean {
  const wanted = plain(search).join('')
  const characters = plain(name)

  function follows(at: number, from: number): boolean {
    if (from === wanted.length) return true
    const character = characters[at]
    if (character === undefined) return false
    const next = wanted.slice(from)
    const digit = numerals.indexOf(character)
    if (next.startsWith(character) && follows(at + 1, from + character.length)) return true
    if (digit >= 0 && next.startsWith(String(digit)) && follows(at + 1, from + 1)) return true
    if (from > 0 && !/[\p{L}\p{N}]/u.test(character)) return follows(at + 1, from)
    const letters = /^[a-zü]{1,6}/.exec(next)?.[0].replaceAll('ü', 'v') ?? ''
    if (letters === '' || !/\p{Script=Han}/u.test(character)) return false
    for (let length = letters.length; length > 0; length--) {
      if (readsAs(character, letters.slice(0, length)) && follows(at + 1, from + length)) return true
    }
    return false
  }
  return characters.some((_, at) => follows(at, 0))
}
