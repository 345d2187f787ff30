import type { Condition, Recognized } from '../catalog/condition.ts'
import type { RecognitionFacts as Facts } from './identify.ts'

export type { Facts }

/**
 * One kind of foreign error, known by a documented mark: never by its class, of which there may be several copies,
 * nor by its message.
 */
export interface Rule {
  /** Whose errors these are, as the guide names them: `PostgreSQL (pg, postgres)`. */
  readonly from: string
  /** The property that bears the mark: `code`, `name` or `type`, or another whose mere presence is the mark. */
  readonly mark: string
  /** The values of `code`, `name` or `type`. */
  readonly values?: readonly (string | number)[]
  /** What else sets the real one apart from a look-alike. Reads with care: the value may be hostile. */
  readonly shape?: (error: object, facts: Facts) => boolean
  /** What it is to an API. Undefined where `more` tells its status, and where one of the next two holds. */
  readonly condition?: Condition
  /** The property with the error that it wraps: it is what that is, else the server's fault. */
  readonly wraps?: string
  /** It is the server's fault, whatever status stands on it: 500. */
  readonly isFault?: boolean
  /** What the answer can say besides. Undefined: it is not what it seems, and other rules are asked. */
  readonly more?: (error: object) => Omit<Recognized, 'condition'> | undefined
}

/** The rules of one family, as the guide's table groups them. */
export interface Family {
  readonly name: string
  readonly rules: readonly Rule[]
}
