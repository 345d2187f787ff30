/** What is thrown for a request that nothing answered. It says the same as that of http-errors, which Node's faces throw. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
  readonly status = 404
  readonly statusCode = 404
  readonly expose = true

  constructor() {
    super('Not Found')
  }
}
