import type { Answer, Answers } from '../answers/answers.ts'
import type { Code } from '../../catalog/code.ts'
import { paramText } from '../../catalog/template.ts'
import { getOrMake } from '../../guard/memo.ts'
import type { Dump } from '../dump/dump.ts'
import { isLarge, type BodyFacts } from './bodies.ts'
import { headersOf, type Headers } from './headers.ts'
import { pascal } from './names.ts'
import type { OpenapiSchema } from './schema.ts'
import { shapesOf, withoutParameters, type BodyShape } from './shapes.ts'
import { toldOf, type CodeFacts, type Told, type ToldError, type ToldForeign } from './told.ts'

/** What an API answers errors with, ready to be described. */
export interface Api {
  readonly dump: Dump
  /** Begins the names of its components. */
  readonly name: string
  readonly told: Told
  readonly shapes: readonly BodyShape[]
  /** Whether answers are made by the app's own functions, where it has such. */
  readonly isLive: boolean
  /** Whether all errors are answered with one HTTP status, 200. */
  readonly isAlways200: boolean
  readonly answerOf: (error: ToldError, locale?: string, shape?: BodyShape) => Answer
  readonly headersOf: (error: ToldError) => Headers
  /** What foreign errors are told as under an HTTP status. */
  readonly foreignAt: (status: number) => readonly CodeFacts[]
  /**
   * What is known of the bodies that tell some errors. Undefined: of any.
   *
   * @param also - the codes of foreign errors
   */
  readonly factsOf: (
    errors: readonly ToldError[] | undefined,
    prefix: string,
    also?: readonly CodeFacts[],
  ) => BodyFacts
}

/** Puts together what is known of an API. */
export function createApi(dump: Dump, answers: Answers, isLive: boolean): Api {
  const name = pascal(dump.catalog)
  const told = toldOf(dump)
  const shapes = shapesOf(dump)
  const errors = told.codes.flatMap((code) => code.errors)
  const anyCode = anyCodeOf(dump, errors)
  const isRevealed = dump.handler?.revealParams === true
  const plain = new Map<ToldError, Answer>()

  function answerOf(error: ToldError, locale?: string, shape?: BodyShape): Answer {
    const { key, examples } = error.entry
    const known = locale === undefined ? plain.get(error) : undefined
    if (known !== undefined) return known
    const params =
      examples?.[0] &&
      Object.fromEntries(Object.entries(examples[0]).map(([param, value]) => [param, paramText(value)]))
    const answer = answers.ofEntry(key, {
      locale,
      params,
      accept: shape === undefined || shapes.length === 1 ? undefined : shape.mediaType,
    })
    // Those that have none are not told.
    if (answer === undefined) throw new Error(`Nothing answers error ${String(key)} of ${dump.catalog}.`)
    if (locale === undefined) plain.set(error, answer)
    return answer
  }

  /** An envelope of the app's own may say by each body what type it has. */
  function withSentType(shape: BodyShape): BodyShape {
    const [error] = errors
    if (typeof shape.body === 'string' || shapes.length > 1 || error === undefined) return shape
    return { ...shape, mediaType: withoutParameters(answerOf(error).headers['Content-Type']!) }
  }

  const isAlways200 = errors.length > 0 && errors.every((error) => answerOf(error).status === 200)
  const statusesOfForeign = new Map<number, number>()

  /** The HTTP status of the answer. */
  function statusOf({ of, status }: ToldForeign): number {
    if (of === undefined) return isAlways200 ? 200 : status
    return getOrMake(statusesOfForeign, of, () => answers.ofStatus(of).status)
  }

  return {
    dump,
    name,
    told,
    shapes: isLive ? shapes.map(withSentType) : shapes,
    isLive,
    isAlways200,
    answerOf,
    headersOf: (error) => headersOf(name, answerOf(error), error.entry),
    foreignAt: (status) => told.foreign.filter((foreign) => statusOf(foreign) === status),
    factsOf(known, prefix, also = []) {
      const params = known?.flatMap(({ entry }) => entry.params) ?? []
      return {
        codes: known && [...known, ...also],
        anyCode,
        params: isRevealed && (known === undefined || params.length > 0) ? [...new Set(params)] : undefined,
        isConstant: known !== undefined && known.every(({ isConstant }) => isConstant) && also.length === 0,
        name,
        prefix,
      }
    },
  }
}

/** What a code of the catalog is, those too that it has for foreign errors. */
function anyCodeOf({ foreign }: Dump, errors: readonly ToldError[]): OpenapiSchema {
  const codes: Code[] = [
    ...errors.map(({ code }) => code),
    ...[foreign.byStatus, foreign.byCondition].flatMap((answers) =>
      Object.values(answers).map(({ code }) => code),
    ),
  ]
  const isNumber = codes.some((code) => typeof code === 'number')
  const isText = codes.some((code) => typeof code === 'string')
  return {
    type: isNumber && isText ? ['integer', 'string'] : isText ? 'string' : 'integer',
    ...(codes.some(isLarge) ? { format: 'int64' } : {}),
    description: 'Says which error it is. More codes may come.',
  }
}
