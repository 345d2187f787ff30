import { read } from '../../guard/read.ts'
import { common, core, rxjs } from './nest.cjs'

/** @throws Error - where a package is not installed, as for the other frameworks */
function load<TPackage>(name: string, find: () => TPackage): TPackage {
  try {
    return find()
  } catch (error) {
    if (!isMissing(error, name)) throw error
    throw new Error(`bizerror/nest needs ${name}, which is not installed. Run npm install ${name}.`, {
      cause: error,
    })
  }
}

/** Whether it is the package itself that is not found, and not one that it needs. */
function isMissing(error: unknown, name: string): boolean {
  return read(error, 'code') === 'MODULE_NOT_FOUND' && String(read(error, 'message')).includes(`'${name}'`)
}

export const { BadRequestException, Catch, Inject, Logger, Module, Optional, StreamableFile } = load(
  '@nestjs/common',
  common,
)
export const { APP_FILTER, HttpAdapterHost, ModuleRef } = load('@nestjs/core', core)
export const { throwError } = load('rxjs', rxjs)
