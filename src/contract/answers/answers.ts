import type { Code } from '../../catalog/code.ts'
import type { ParamValue } from '../../catalog/template.ts'

/** An answer as a client gets it. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number
  /** All that the handler sets. */
  readonly headers: Readonly<Record<string, string>>
  /** The text of the body. Undefined where an envelope of the app's own makes it, which a dump cannot hold. */
  readonly body: string | undefined
}

/** What an answer depends on, beside its entry. */
export interface AnswerRequest {
  /** A BCP 47 tag. @default that of the catalog's texts */
  readonly locale?: string | undefined
  /** The values of the placeholders. One that is missing is shown as `…`. */
  readonly params?: Readonly<Record<string, ParamValue>> | undefined
  /** The media types that the client accepts, where the envelope depends on them. */
  readonly accept?: string | undefined
}

/** Makes the answers that an app with this catalog gives, by the code that makes them in the app. */
export interface Answers {
  /** The answer to a throw of an entry. Undefined when there is none of this key, and for the success. */
  readonly ofEntry: (key: Code, request?: AnswerRequest) => Answer | undefined
  /** The answer to a foreign error of a status. */
  readonly ofStatus: (status: number, request?: AnswerRequest) => Answer
}
