import type { Catalog } from '../catalog/catalog.ts'
import type { ErrorDescription, HttpStatus } from '../catalog/envelope.ts'
import { isErrorStatus } from '../catalog/http-status.ts'
import { isHttpStatus } from '../catalog/own-envelope.ts'
import { ignoreRejection } from '../guard/read.ts'
import { show } from '../guard/setup-error.ts'
import type { Warn } from './own-body.ts'

/** Returns what a catalog says of the status. One of another version of this package may say it otherwise. */
export function httpStatusOf({ httpStatus }: Catalog): HttpStatus | undefined {
  return isHttpStatus(httpStatus) ? httpStatus : undefined
}

/** Asks an app's function for the status of an answer. Where it gives none that can be sent, the error's own is sent. */
export function statusBy(
  httpStatus: (error: ErrorDescription) => unknown,
  description: ErrorDescription,
  warn: Warn,
): number {
  try {
    const status = httpStatus(description)
    ignoreRejection(status)
    if (status === 200 || isErrorStatus(status)) return status
    warn(
      `httpStatus returned ${show(status)}, which is neither 200 nor an integer from 400 to 599; the error's own status was sent`,
    )
  } catch (error) {
    warn("httpStatus failed; the error's own status was sent", error)
  }
  return description.status
}
