import { getOrMake } from '../../guard/memo.ts'
import type { Code } from '../../catalog/code.ts'
import type { Api } from './api.ts'
import type { OpenapiDetail } from './components.ts'
import type { Examples } from './examples.ts'
import { codePart } from './names.ts'
import { responseOf, type OpenapiResponse } from './responses.ts'
import { refTo, type OpenapiSchema } from './schema.ts'
import type { ToldError } from './told.ts'

/** The responses of an operation, by HTTP status, and `default`. */
export type OpenapiResponses = Readonly<Record<string, OpenapiResponse | { readonly $ref: string }>>

/** Sets up what writes the responses of an operation that answers with some errors. */
export function createResponses(
  api: Api,
  examples: Examples,
  detail: OpenapiDetail,
): (errors: readonly ToldError[]) => OpenapiResponses {
  const { name, isAlways200 } = api

  /** A success may stand beside it, so that it is no reference. */
  function at200(errors: readonly ToldError[]): OpenapiResponse {
    const endings = detail === 'status' ? ['Status200'] : codesOf(errors).map(endingOf)
    if (isAlways200) endings.push('Error')
    return responseOf(api, examples, errors, (prefix) => anyOf(prefix, endings))
  }

  function at(status: number, errors: readonly ToldError[]): OpenapiResponse | { readonly $ref: string } {
    if (status === 200) return at200(errors)
    if (detail === 'status') return refTo('responses', `${name}Status${status}`)
    const [code, ...others] = codesOf(errors)
    if (others.length === 0) return refTo('responses', name + endingOf(code!))
    return responseOf(api, examples, errors, (prefix) => anyOf(prefix, codesOf(errors).map(endingOf)))
  }

  return (errors) => {
    const byStatus = new Map<number, ToldError[]>()
    for (const error of new Set(errors)) {
      getOrMake(byStatus, api.answerOf(error).status, () => []).push(error)
    }
    if (isAlways200 && byStatus.size === 0) byStatus.set(200, [])
    return {
      ...Object.fromEntries([...byStatus].map(([status, same]) => [status, at(status, same)])),
      ...(isAlways200 ? {} : { default: refTo('responses', `${name}Error`) }),
    }
  }
}

/** A body fits several of them, where codes are not all that tells them apart: not `oneOf`. */
function anyOf(prefix: string, endings: readonly string[]): OpenapiSchema {
  return { anyOf: endings.map((ending) => refTo('schemas', prefix + ending)) }
}

function codesOf(errors: readonly ToldError[]): readonly Code[] {
  return [...new Set(errors.map(({ entry }) => entry.code))]
}

function endingOf(code: Code): string {
  return `Error${codePart(code)}`
}
