import type { Condition, Recognized } from '../catalog/condition.ts'
import type { RecognitionFacts } from './identify.ts'

/**
 * One kind of foreign error, known by a documented mark: never by its class, of which there may be several copies,
 * nor by its message.
 */
export type LibraryRule = Source & Mark & (Meaning | OwnStatus | Wrapper | Fault)

/** A rule whose errors mean a condition. */
export type ConditionRule = Source & Mark & Meaning

export interface Source {
  /** The libraries that make these errors, as the guide names them: `PostgreSQL (pg)`. */
  readonly from: string
  /** Tells the real one from a look-alike that bears the mark. Reads with care: the value may be hostile. */
  readonly matches?: (error: object, facts: RecognitionFacts) => boolean
}

type Mark = ByValue | ByPresence | AsArray

/** The mark is the value of a property that many errors have. */
export interface ByValue {
  readonly property: 'code' | 'name' | 'type' | 'reason'
  readonly values: readonly (string | number)[]
  readonly isArray?: undefined
}

/** The mark is a property that only these errors have. */
export interface ByPresence {
  readonly property: string
  readonly values?: undefined
  readonly isArray?: undefined
}

/** The thrown value is an array of errors. */
interface AsArray {
  readonly property?: undefined
  readonly values?: undefined
  readonly isArray: true
}

/** The error means a condition to an API. */
export interface Meaning {
  readonly condition: Condition
  readonly extract?: Extract
  readonly wraps?: undefined
  readonly isFault?: undefined
}

/** The error was made for HTTP, and says its status itself. */
interface OwnStatus {
  readonly condition?: undefined
  readonly extract: Extract
  readonly wraps?: undefined
  readonly isFault?: undefined
}

/** The error means what it wraps in this property means, else it is the server's fault. */
interface Wrapper {
  readonly condition?: undefined
  readonly extract?: undefined
  readonly wraps: string
  readonly isFault?: undefined
}

/** The error is the server's fault, whatever status stands on it: 500. */
interface Fault {
  readonly condition?: undefined
  readonly extract?: undefined
  readonly wraps?: undefined
  readonly isFault: true
}

/**
 * Reads what the answer can say besides. Where it returns undefined, the error is not what it seems, and other rules
 * are asked.
 */
type Extract = (error: object) => Omit<Recognized, 'condition'> | undefined

/** The rules of one family, as the guide groups them. */
export interface Family {
  readonly name: string
  /** Asked in this order: the first rule that knows an error says what it is, so narrow ones stand before wide ones. */
  readonly rules: readonly LibraryRule[]
}
