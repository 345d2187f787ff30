/** Reads one property of a value that may be hostile: a throwing getter or Proxy trap counts as absent. */
export function read(value: unknown, key: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown> | null | undefined)?.[key]
  } catch {
    return undefined
  }
}
