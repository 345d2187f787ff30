import type { Code } from '../catalog/code.ts'
import type { ErrorDescription } from '../catalog/envelope.ts'
import { ignoreRejection } from '../guard/read.ts'
import { show } from '../guard/setup-error.ts'
import type { Warn } from './own-body.ts'

/** Where codes are documented: an address to which the code is appended, or a function that returns the whole one. */
export type DocsUrl = string | ((error: ErrorDescription) => string | undefined)

/** Returns the address of a code's documentation. */
export function docsUnder(docsUrl: string, code: Code): string {
  return docsUrl + encodeURIComponent(String(code).toWellFormed())
}

/** Makes what asks an app's function for the address. One that cannot be sent is left out, and told once. */
export function createDocsBy(
  docsUrl: (error: ErrorDescription) => unknown,
  warn: Warn,
): (error: ErrorDescription) => string | undefined {
  let isTold = false

  function tell(problem: string, error?: unknown): undefined {
    if (!isTold) warn(`docsUrl ${problem}; errors were sent without their documentation`, error)
    isTold = true
  }

  return (description) => {
    try {
      const address = docsUrl(description)
      ignoreRejection(address)
      if (address === undefined || isWebAddress(address)) return address
      return tell(
        `returned ${show(address)}, which is no http or https address without a user, nor a path that starts with /`,
      )
    } catch (error) {
      return tell('failed', error)
    }
  }
}

/** An address that can stand in a document and be appended to (RFC 3986). */
export function isWebAddress(value: unknown): value is string {
  if (typeof value !== 'string' || !ADDRESS.test(value) || !URL.canParse(value, 'https://host')) return false
  // It is sent to everybody.
  const { username, password } = new URL(value, 'https://host')
  return username === '' && password === ''
}

// One that is longer fits into no header.
const ADDRESS =
  /^(?=.{1,2048}$)(?:https?:\/\/(?=[\w[])|\/(?!\/))(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\dA-Fa-f]{2})*$/
