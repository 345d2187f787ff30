/** The part of a pino logger that is used. */
export interface Logger {
  readonly error: (record: object, message: string) => unknown
  readonly warn?: (record: object, message: string) => unknown
  readonly info?: (record: object, message: string) => unknown
}
