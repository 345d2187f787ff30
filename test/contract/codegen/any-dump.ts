import * as fc from 'fast-check'
import { isCode, type Code } from '../../../src/catalog/code.ts'
import type { Dump, DumpEntry } from '../../../src/contract/dump/dump.ts'
import { anyText } from '../../support/any-text.ts'
import { dumps } from './clients.ts'

const anyCode = fc
  .oneof(anyText(12), fc.string({ maxLength: 12 }), fc.integer(), fc.maxSafeInteger())
  .filter((code): code is Code => isCode(code))

const anyEntry: fc.Arbitrary<DumpEntry> = fc
  .record({ key: anyCode, code: anyCode, message: anyText(40), use: anyCode })
  .map(({ key, code, message, use }) => ({
    key,
    code,
    status: 409,
    retryable: true,
    retryAfter: 1,
    deprecated: { use },
    params: [],
    texts: { en: { message } },
  }))

/** A dump that somebody forged: any keys, codes and texts. */
export const anyDump: fc.Arbitrary<Dump> = fc
  .uniqueArray(anyEntry, { minLength: 1, maxLength: 7, selector: ({ key }) => key })
  .map((entries) => Object.assign({}, dumps.hostile, { entries }))
