import type { ClientCatalog } from '../catalog/client-catalog.ts'
import type { AnswerHeaders } from './headers.ts'
import type { ApiErrorAt, ApiErrorOf, ClientCodes } from './typed-errors.ts'

/** What a reader knows of an API. */
export interface ReaderOptions {
  /** What `clientCatalog` or `bizerror client-catalog` made of the API's catalog. @default what each answer tells */
  readonly catalog?: ClientCatalog | undefined
  /**
   * Reads the bodies of an envelope of the API's own: that of the catalog fits. Undefined for what is no such body. Told a
   * text where a body is no JSON.
   */
  readonly read?: ((body: unknown) => ReadError | undefined) | undefined
}

/** What `read` finds in a body. Members of a wrong type are left out. */
export interface ReadError {
  /** Says what went wrong, to a program. */
  readonly code: unknown
  /** The common code that `code` refines. */
  readonly parent?: unknown
  /** Says it to people. */
  readonly message?: unknown
  /** A short text that is the same for every occurrence. */
  readonly title?: unknown
  /** What to do about it. */
  readonly action?: unknown
  /** The values in the message. */
  readonly params?: unknown
  /** Further facts. */
  readonly details?: unknown
  /** What is wrong with which field: `{ path, code, message, params }` of each. @default details.fields */
  readonly fields?: unknown
  /** What else went wrong: `{ code, message, … }` of each. */
  readonly errors?: unknown
  /** Names the request in the log of the server. @default X-Request-ID */
  readonly requestId?: unknown
}

/** An answer as another library has it. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number
  /** `Headers`, or a record of them. @default no headers */
  readonly headers?: AnswerHeaders | undefined
  /** Text, or what JSON.parse made of it. @default no body */
  readonly body?: unknown
}

/** Reads the errors of an API out of its answers. */
export interface Reader<TCatalog = unknown> {
  /**
   * Returns whether a value is an ApiError, of whatever copy of this package, and narrows it.
   *
   * @param codes - asks for one of these as well
   */
  readonly is: <const TCodes extends readonly ClientCodes<TCatalog>[]>(
    error: unknown,
    ...codes: TCodes
  ) => error is TCodes extends readonly [] ? ApiErrorOf<TCatalog> : ApiErrorAt<TCatalog, TCodes[number]>
  /**
   * Reads the error that an answer of `fetch` tells: undefined for a success, whose body can still be read. At most
   * 256 KiB of a body are read, for at most 10 seconds. Rejects only with what aborted the request.
   */
  readonly read: (response: Response) => Promise<ApiErrorOf<TCatalog> | undefined>
  /** Reads the error that an answer of another library tells: undefined for a success. */
  readonly parse: (answer: Answer) => ApiErrorOf<TCatalog> | undefined
  /** What it was given. */
  readonly catalog: ClientCatalog
}
