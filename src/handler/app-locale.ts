import { ignoreRejection, isArray, read, readItems } from '../guard/read.ts'
import { show } from '../guard/setup-error.ts'
import { createWarnOnce } from '../guard/warn-once.ts'

/** The app's own choice of language, the most wanted first. Nothing of these leaves it to Accept-Language. */
export type AppLocale = string | readonly string[] | false | null | undefined

// As many as of an Accept-Language header.
const MAX_TAGS = 32

// RFC 5646, section 2.1, or as ICU writes it; and any language (RFC 4647, section 2.1).
const TAG = /^(?:\*|[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*)$/i

const TAGS = "Return a BCP 47 tag such as 'de', a list of them, or undefined"

function isTag(value: unknown): value is string {
  return typeof value === 'string' && TAG.test(value)
}

/** Makes what asks the app for the language of a request. Of what cannot be understood, each kind is told once. */
export function createAppLocale<TRequest>(
  localeOf: (request: TRequest) => AppLocale,
  warn: (message: string, error?: unknown) => void,
): (request: TRequest) => string | readonly string[] | undefined {
  const warnOnce = createWarnOnce(warn)

  function tell(what: string, remedy: string, instead = 'Accept-Language was used'): void {
    warnOnce(`The locale function returned ${what}; ${instead}. ${remedy}`, remedy)
  }

  function isListed(value: unknown): value is string {
    if (isTag(value)) return true
    tell(`a list with ${show(value)}`, TAGS, 'that was left out')
    return false
  }

  return (request) => {
    let chosen: unknown
    try {
      chosen = localeOf(request)
    } catch (error) {
      warn('The locale function failed; Accept-Language was used', error)
      return undefined
    }
    if (chosen === undefined || chosen === null || chosen === false || chosen === '') return undefined
    if (typeof read(chosen, 'then') === 'function') {
      ignoreRejection(chosen)
      tell('a promise', 'Look the language up in a middleware before, and return it at once')
      return undefined
    }
    if (isArray(chosen)) return readItems(chosen, MAX_TAGS).filter(isListed)
    if (isTag(chosen)) return chosen
    tell(show(chosen), TAGS)
    return undefined
  }
}
