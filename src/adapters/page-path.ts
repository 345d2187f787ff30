import { SetupError, show } from '../guard/setup-error.ts'

// RFC 3986, section 3.3
const PATH = /^(?:\/|(?:\/[\w\-.~%!$&'()*+,;=:@]+)+\/?)$/

/**
 * Makes what returns the path and query of a request as the pages of a reference see them, which stand below `path`.
 * Undefined for a request elsewhere.
 *
 * @throws SetupError - for what is no path
 */
export function createPagePath(
  path: unknown = '/errors',
): (path: string, search: string) => string | undefined {
  if (typeof path !== 'string' || !PATH.test(path)) {
    throw new SetupError(`Option path is ${show(path)}. Give a path such as '/errors'.`)
  }
  const base = path.replace(/\/$/, '')
  return (asked, search) => {
    if (asked === base) return `/${search}`
    return asked.startsWith(`${base}/`) ? asked.slice(base.length) + search : undefined
  }
}
