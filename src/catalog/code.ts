/** An error code. `1006` and `"1006"` are different codes. */
export type Code = number | string

export const MAX_CODE_LENGTH = 128

// Visible characters, and blanks between them: it stands in logs, headers and addresses.
const TEXT = /^[^\s\p{C}\p{Z}](?:[^\p{C}\p{Z}\s]| )*$/u

/** Whether a value can be the code of an error: a whole number of any sign, or a text on one line. */
export function isCode(value: unknown): value is Code {
  return typeof value === 'number'
    ? Number.isSafeInteger(value) && !Object.is(value, -0)
    : typeof value === 'string' && value.length <= MAX_CODE_LENGTH && TEXT.test(value) && !value.endsWith(' ')
}
