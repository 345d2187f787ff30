import type * as NodeBuffer from 'node:buffer'
import type * as NodeFs from 'node:fs'
import type * as NodePath from 'node:path'
import type * as NodeUrl from 'node:url'
import { builtin } from '../../guard/host.ts'

// Of a host without files nothing here is used: texts from files are refused there.
export const fs = builtin('node:fs') as typeof NodeFs
export const nodePath = builtin('node:path') as typeof NodePath
export const { isUtf8 } = (builtin('node:buffer') ?? {}) as typeof NodeBuffer
export const { fileURLToPath } = (builtin('node:url') ?? {}) as typeof NodeUrl

/** Whether the host has files. A Worker and a browser have none. */
export const hasFiles = [fs, nodePath, isUtf8, fileURLToPath].every((needed) => needed !== undefined)
