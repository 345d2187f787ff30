/*
 * These functions read what belongs to a value itself. A library may have put members on Object.prototype, or been made
 * to (CWE-1321): then every object seems to have them, and no option or thrown value does.
 */

/** Returns whether a value has a property only because all objects have it. */
export function isEverybodys(value: unknown, key: PropertyKey): boolean {
  if (!Object.hasOwn(Object.prototype, key)) return false
  for (
    let owner = Object(value) as object | null;
    owner !== null;
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    if (Object.hasOwn(owner, key)) return owner === Object.prototype
  }
  // A Proxy that makes it up.
  return false
}

/** Reads an own property of a value that may be hostile. One that cannot be read counts as absent. */
export function readOwn(value: unknown, key: PropertyKey): unknown {
  try {
    return value !== undefined && value !== null && Object.hasOwn(value, key)
      ? (value as Record<PropertyKey, unknown>)[key]
      : undefined
  } catch {
    return undefined
  }
}

/** Copies the own members of a record, so that an inherited one is never found in it. */
export function bare<TRecord extends object>(record: TRecord): TRecord {
  return Object.assign(Object.create(null) as TRecord, record)
}

/** The request's headers, or another record whose members are read by name: the record itself where that is safe. */
export function ownMembers<TRecord extends object>(record: TRecord): TRecord {
  return Object.keys(Object.prototype).length === 0 ? record : bare(record)
}

/**
 * Returns members that hide those of Object.prototype, for options that a library copies and reads. Undefined, which
 * can be spread as well, where it has no enumerable members.
 */
export function masks(): Readonly<Record<string, undefined>> | undefined {
  const names = Object.keys(Object.prototype)
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, undefined]))
}

/** Sets a member of any name. To assign one that all objects have would call its setter, or fail if it is frozen. */
export function setMember<TValue>(record: Record<string, TValue>, name: string, value: TValue): void {
  if (name in Object.prototype) {
    Object.defineProperty(record, name, bare({ value, writable: true, enumerable: true, configurable: true }))
  } else {
    record[name] = value
  }
}

/** Names that all objects have by the language itself, and that name nothing else. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
])
