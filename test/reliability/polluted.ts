// Prototype pollution: what a library, or an attacker through one, puts on Object.prototype, all objects seem to have.

/**
 * Names that mean something to somebody: options of a throw, of set-up and of catalogs; what thrown values are known by;
 * members of our own records; options of i18next and Intl; headers, codes and languages; the language's own.
 */
export const POLLUTED_NAMES: readonly string[] = `
  details fields also cause headers status retryAfter violatedPolicies as params
  catalog envelope problem locales i18n fallbackLocale locale identify conceal reveal values
  httpStatus docsUrl logger onError when error errors code condition key cost skip store fallback share
  onStateChange policies name limit window algorithm unit legacy reset draft maxKeys prefix
  timeout generate
  modules success challenge stack sourceLocale foreign byStatus byCondition range title message description
  action module parent retryable deprecated notes namespace
  statusCode isBoom isServer output isAxiosError response request config raw meta issues
  type body errno syscall sqlState storageErrors inner expiredAt msBeforeNext remainingPoints
  consumedPoints constraint table joi path _isISSUE isJoi _original fields value kind received
  expected data httpCode
  shape more mark from entry unknownKey unusable requestId docs toJSON
  lng lngs ns context count ordinal defaultValue postProcess returnDetails returnObjects
  joinArrays replace interpolation fallbackLng skipInterpolation nest style currency
  minimumFractionDigits notation script region language calendar
  accept accept-language x-request-id content-encoding retry-after vary Allow
  access-control-request-method transfer-encoding 10002 10005 no de en shop
  get set writable enumerable then on length info warn anything
`
  .trim()
  .split(/\s+/)

export const POLLUTED_VALUES: Readonly<Record<string, unknown>> = {
  200: 200,
  text: 'polluted',
  true: true,
  object: { status: 418, headers: { 'X-Polluted': '1' }, message: 'polluted', code: 7 },
  function: () => ({ polluted: true }),
}

/** Puts members on Object.prototype, all with one value. Returns what takes them away. */
export function pollute(names: readonly string[], value: unknown): () => void {
  const descriptor = Object.assign(Object.create(null) as PropertyDescriptor, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  })
  // oxlint-disable-next-line no-extend-native
  for (const name of names) Object.defineProperty(Object.prototype, name, descriptor)
  return () => {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name)
  }
}
