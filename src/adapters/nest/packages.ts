import { read } from '../../guard/read.ts'
import { SetupError } from '../../guard/setup-error.ts'
import * as packages from '../../nest.cjs'

const NEEDED = { common: '@nestjs/common', core: '@nestjs/core', rxjs: 'rxjs' } as const

/**
 * Loads a package that `bizerror/nest` cannot do without.
 *
 * @throws SetupError - where it is not installed
 */
function load<TName extends keyof typeof NEEDED>(name: TName): ReturnType<(typeof packages)[TName]> {
  try {
    return packages[name]() as ReturnType<(typeof packages)[TName]>
  } catch (cause) {
    if (!isMissing(cause, NEEDED[name])) throw cause
    const all = Object.values(NEEDED).join(' ')
    throw Object.assign(
      new SetupError(`bizerror/nest needs ${NEEDED[name]}, which is not installed: npm install ${all}`),
      { cause },
    )
  }
}

/** Whether it is the package itself that is not found, and not one that it needs. */
function isMissing(error: unknown, name: string): boolean {
  return read(error, 'code') === 'MODULE_NOT_FOUND' && String(read(error, 'message')).includes(`'${name}'`)
}

export const { BadRequestException, Catch, Inject, Logger, Module, Optional } = load('common')
export const { APP_FILTER, HttpAdapterHost } = load('core')
export const { throwError } = load('rxjs')
