/** Matches a name as people type it: case, width and spaces do not count. */
export function matchesSearch(search: string, ...names: string[]): boolean {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  const wanted = plain(search)
  return wanted === '' || names.some((name) => plain(name).includes(wanted))
}
