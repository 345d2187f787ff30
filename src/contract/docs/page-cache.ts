/**
 * Remembers what was made last, up to a sum of sizes: a catalog has as many pages as it has codes, languages and formats.
 */
export function createPageCache<TPage>(
  maxSize: number,
  sizeOf: (page: TPage) => number,
): (key: string, make: () => TPage) => TPage {
  const held = new Map<string, TPage>()
  let sum = 0
  return (key, make) => {
    const known = held.get(key)
    if (known !== undefined) return known
    const page = make()
    const size = sizeOf(page)
    if (size > maxSize) return page
    for (const [oldest, old] of held) {
      if (sum + size <= maxSize) break
      held.delete(oldest)
      sum -= sizeOf(old)
    }
    held.set(key, page)
    sum += size
    return page
  }
}
