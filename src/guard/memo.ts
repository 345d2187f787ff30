/** The part of a Map or WeakMap that is used. */
interface Held<TKey, TValue> {
  readonly get: (key: TKey) => TValue | undefined
  readonly set: (key: TKey, value: TValue) => unknown
}

/** Returns what a map holds under a key. Where it holds nothing, `make` is called, and its value kept. */
export function getOrMake<TKey, TValue>(
  map: Held<TKey, TValue>,
  key: TKey,
  make: (key: TKey) => TValue,
): TValue {
  const held = map.get(key)
  if (held !== undefined) return held
  const made = make(key)
  map.set(key, made)
  return made
}

/**
 * Returns `make` with a memory of at most `max` results, which is emptied when it is full: clients send the same few
 * keys, but can send any number.
 */
export function boundedMemo<TValue>(max: number, make: (key: string) => TValue): (key: string) => TValue {
  const held = new Map<string, TValue>()
  return (key) => {
    const known = held.get(key)
    if (known !== undefined || held.has(key)) return known as TValue
    const made = make(key)
    if (held.size === max) held.clear()
    held.set(key, made)
    return made
  }
}
