/** An error code. `1006` and `"1006"` are different codes. */
export type Code = number | string
