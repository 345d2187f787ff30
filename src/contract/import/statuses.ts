import { STATUS_CODES } from 'node:http'

const BY_NAME: ReadonlyMap<string, number> = new Map([
  ...Object.entries(STATUS_CODES).map(([status, name]): [string, number] => [letters(name!), Number(status)]),
  ['TEAPOT', 418],
  ['REQUESTENTITYTOOLARGE', 413],
  ['REQUESTURITOOLONG', 414],
  ['REQUESTEDRANGENOTSATISFIABLE', 416],
  ['UNPROCESSABLECONTENT', 422],
  ['CONTENTTOOLARGE', 413],
])

function letters(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z]/g, '')
}

/** The status of a constant: `NOT_FOUND`, `StatusNotFound`, `SC_NOT_FOUND`. */
export function statusNamed(name: string): number | undefined {
  return BY_NAME.get(letters(name.replace(/^(?:Status|SC_|HTTP_)/, '')))
}

/** Whether a number is a registered HTTP status of an error. */
export function isRegisteredError(status: number): boolean {
  return status >= 400 && status <= 599 && Object.hasOwn(STATUS_CODES, status)
}

/** Whether a number can be the status of an error in a catalog. */
export function isPossible(status: number): boolean {
  return status === 200 || (Number.isInteger(status) && status >= 400 && status <= 599)
}

/** The status that a cell says: `404`, `404 Not Found`, `HTTP 404`, `Not Found`. Undefined where it says none. */
export function readStatus(
  text: string,
): { readonly status: number } | { readonly isUnclear: true } | undefined {
  const plain = text.replaceAll(/[`*]/g, '').trim()
  if (plain === '' || /^(?:n\/?a|-+|–|—|无|なし|none|null|\/|any)$/i.test(plain)) return undefined
  const [, digits, rest = ''] = /^(?:HTTP(?:\/\d(?:\.\d)?)?[\s:]*)?(\d{3})(?!\d)\s*(.*)$/i.exec(plain) ?? []
  if (digits !== undefined) return /\d{3}/.test(rest) ? { isUnclear: true } : { status: Number(digits) }
  const named = plain.length <= 60 ? statusNamed(plain.replace(/^.*\./, '')) : undefined
  return named === undefined ? { isUnclear: true } : { status: named }
}
