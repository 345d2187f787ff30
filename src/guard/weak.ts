/** Holds a value as long as anybody else does. */
export interface Weak<TValue> {
  readonly deref: () => TValue | undefined
}

/** Workers of an older compatibility date have no WeakRef: there, the value is held. */
export function weakly<TValue extends object>(value: TValue): Weak<TValue> {
  return typeof WeakRef === 'function' ? new WeakRef(value) : { deref: () => value }
}
