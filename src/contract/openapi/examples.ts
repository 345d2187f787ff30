import { getOrMake } from '../../guard/memo.ts'
import type { Api } from './api.ts'
import { codePart } from './names.ts'
import type { OpenapiSchema } from './schema.ts'
import type { BodyShape } from './shapes.ts'
import { textOf } from './texts.ts'
import type { ToldError } from './told.ts'

/** A body as it is sent, and what it is called. */
export interface Example {
  /** The name of its component. */
  readonly component: string
  /** What it is called among the examples of its code: `de`. */
  readonly label: string
  readonly value: OpenapiSchema
}

/** Makes examples of what is answered, each once. */
export type Examples = (shape: BodyShape, error: ToldError) => readonly Example[]

/** Sets up the examples in some languages. A text that a language does not have is shown in none. */
export function createExamples(api: Api, languages: readonly string[]): Examples {
  const made = new Map<string, Map<ToldError, readonly Example[]>>()
  const numbers = new Map(
    api.told.codes.flatMap(({ errors }) => errors.map((error, index) => [error, index + 1] as const)),
  )

  return (shape, error) => {
    const { prefix } = shape
    // What nobody can make is not shown.
    if (prefix === undefined || (typeof shape.body !== 'string' && !api.isLive)) return []
    const ofShape = getOrMake(made, prefix, () => new Map<ToldError, readonly Example[]>())
    return getOrMake(ofShape, error, () =>
      languages.flatMap((language) => exampleOf(shape, prefix, error, language) ?? []),
    )
  }

  function exampleOf(
    shape: BodyShape,
    prefix: string,
    error: ToldError,
    language: string,
  ): Example | undefined {
    const { code } = error.entry
    const { body, headers } = api.answerOf(error, language, shape)
    if (body === undefined || headers['Content-Language'] !== language) return undefined
    const number = numbers.get(error)!
    const label = number === 1 ? language : `${number}.${language}`
    return {
      component: `${prefix}Error${codePart(code)}-${label}`,
      label,
      value: {
        summary: textOf(error.entry, language, 'title') ?? textOf(error.entry, language, 'message'),
        value: parsed(body),
      },
    }
  }
}

/** A text, where an envelope of the app's own writes no JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return body
  }
}
