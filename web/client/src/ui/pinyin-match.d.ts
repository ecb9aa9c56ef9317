declare module 'pinyin-match/es/traditional.js' {
  /** Where a text is found by pinyin; the dictionary has the rare characters of names, which the smaller one lacks. */
  const dictionary: { match: (text: string, pinyin: string) => [number, number] | false }
  export default dictionary
}
