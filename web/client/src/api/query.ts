/** What is asked, as the end of an address: '' where nothing is. What is undefined, empty or false is left out. */
export function query(asked: object): string {
  const parts = Object.entries(asked)
    .filter(([, value]) => value !== undefined && value !== '' && value !== false)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}
