import type { EnvelopeName } from '../../catalog/envelope.ts'
import { isByType } from '../dump/by-type.ts'
import type { Dump, DumpEnvelope } from '../dump/dump.ts'
import type { Tell } from './change.ts'
import type { Pairs } from './pairs.ts'

/** What clients know, and how they were made. */
export interface DiffOptions {
  /** Whether clients know that codes may be added. @default 'open' */
  readonly codes?: 'open' | 'closed' | undefined
  /** Whether code of clients is generated, whose constants are named by key. @default false */
  readonly codegen?: boolean | undefined
  /** The file that changes are shown at. */
  readonly file?: string | undefined
}

/** Everything that is known of two dumps. */
export interface Comparison {
  readonly old: Dump
  readonly next: Dump
  readonly options: DiffOptions
  readonly pairs: Pairs
  readonly tell: Tell
}

/** The envelopes of a dump's answers: those of the handler, else that of the catalog. */
export function envelopesOf({ envelope, handler }: Dump): readonly (DumpEnvelope | 'page')[] {
  const chosen = handler?.envelope ?? envelope
  return isByType(chosen) ? Object.values(chosen) : [chosen]
}

/** The media types that clients may choose from. */
export function mediaTypesOf({ handler }: Dump): readonly string[] {
  const chosen = handler?.envelope
  return isByType(chosen) ? Object.keys(chosen) : []
}

/** Whether answers are in one of some envelopes of ours. */
export function sends(dump: Dump, ...names: readonly EnvelopeName[]): boolean {
  return envelopesOf(dump).some((envelope) => names.some((name) => name === envelope))
}

/** Whether an envelope of the app's own may send all that it is told. */
export function isOwn(dump: Dump): boolean {
  return envelopesOf(dump).some((envelope) => envelope === 'custom' || typeof envelope === 'object')
}

/** Whether all answers have the status 200. */
export function isAlways200({ handler, httpStatus }: Dump): boolean {
  return (handler?.httpStatus ?? httpStatus) === 200
}
