import { fingerprintOf, type Finding } from '../findings/finding.ts'
import type { Dump } from '../dump/dump.ts'

// https://semver.org, and what has fewer numbers. Not 2027-03: a day says nothing of what breaks.
const VERSION = /^v?(\d+)(?:\.(\d+)(?:\.\d+(?:[-+][\w.+-]+)?)?)?$/

/** Whether a text is a version whose major number can be told. */
export function isVersion(text: string): boolean {
  return VERSION.test(text)
}

/** Whether a version may break: its major number is higher, or while that is 0, its minor one (semver.org, 4). */
export function isMajorStep(before: string | undefined, after: string | undefined): boolean {
  const [was, is] = [numbersOf(before), numbersOf(after)]
  if (was === undefined || is === undefined) return false
  return is.major > was.major || (was.major === 0 && is.major === 0 && is.minor > was.minor)
}

function numbersOf(version = ''): { readonly major: number; readonly minor: number } | undefined {
  const [, major, minor = '0'] = VERSION.exec(version) ?? []
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) }
}

/** Tells that breaking changes come without a new major version. */
export function versionNotMajor(old: Dump, next: Dump): Finding {
  const [before, after] = [old.api?.version, next.api?.version]
  const now =
    before === undefined
      ? `the old dump has no api.version; now it is ${after}`
      : before === after
        ? `api.version is still ${after}`
        : `api.version is ${after}, was ${before}`
  return {
    rule: 'version-not-major',
    level: 'error',
    message: `breaking changes need a new major version: ${now}`,
    catalog: next.catalog,
    fingerprint: fingerprintOf('version-not-major', next.catalog, before, after),
  }
}
