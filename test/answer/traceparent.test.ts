import * as fc from 'fast-check'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { traceIdIn } from '../../src/answer/traceparent.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'

test.each([
  ['version 00', `00-${TRACE}-${PARENT}-01`],
  ['flags that nobody knows', `00-${TRACE}-${PARENT}-ff`],
  ['a later version', `01-${TRACE}-${PARENT}-00`],
  ['a later version that goes on', `cc-${TRACE}-${PARENT}-01-what-the-future-will-be-like`],
  ['a later version that goes on with nothing', `fe-${TRACE}-${PARENT}-01-`],
])('a traceparent of %s tells its trace', (_what, header) => {
  expect(traceIdIn(header)).toBe(TRACE)
})

// https://github.com/w3c/trace-context/blob/main/test/test.py
test.each([
  ['nothing', ''],
  ['version ff', `ff-${TRACE}-${PARENT}-01`],
  ['version 00 that goes on', `00-${TRACE}-${PARENT}-01-what-the-future-will-be-like`],
  ['version 00 that goes on with nothing', `00-${TRACE}-${PARENT}-01-`],
  ['version 00 that goes on without a dash', `00-${TRACE}-${PARENT}-010`],
  ['a later version that goes on without a dash', `cc-${TRACE}-${PARENT}-01.what`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${PARENT}-01`],
  ['a parent of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['capital letters', `00-${TRACE.toUpperCase()}-${PARENT}-01`],
  ['a version of capital letters', `CC-${TRACE}-${PARENT}-01`],
  ['a version of one digit', `0-${TRACE}-${PARENT}-01`],
  ['a short trace', `00-${TRACE.slice(1)}-${PARENT}-01`],
  ['a long trace', `00-${TRACE}0-${PARENT}-01`],
  ['a short parent', `00-${TRACE}-${PARENT.slice(1)}-01`],
  ['flags of one digit', `00-${TRACE}-${PARENT}-1`],
  ['flags that are no digits', `00-${TRACE}-${PARENT}-.0`],
  ['two headers in one', `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`],
  ['two headers of a later version in one', `01-${TRACE}-${PARENT}-01, 01-${TRACE}-${PARENT}-01`],
  ['a line break', `01-${TRACE}-${PARENT}-01-a\nb`],
  ['digits that are none in ASCII', `00-${TRACE.slice(1)}٣-${PARENT}-01`],
])('a traceparent of %s tells nothing', (_what, header) => {
  expect(traceIdIn(header)).toBeUndefined()
})

test('no traceparent tells nothing', () => {
  expect(traceIdIn(undefined)).toBeUndefined()
})

function someOf(digits: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(digits))
}

/** Hex digits, some of them zeros alone, and what is almost that. */
function hex(length: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: someOf('0123456789abcdef'), minLength: length, maxLength: length }),
    fc.constant('0'.repeat(length)),
    fc.string({ unit: someOf('09afAF-g'), minLength: length - 1, maxLength: length + 1 }),
  )
}

test('any header is read as OpenTelemetry reads it, and at once', () => {
  const version = fc.oneof(fc.constantFrom('00', '01', 'ff', 'cc'), hex(2))
  const rest = fc.oneof(fc.constant(''), fc.constantFrom('-', '0', '-what', '.x', ', 00'), fc.string())
  const near = fc
    .tuple(version, hex(32), hex(16), hex(2), rest)
    .map(([first, traceId, parent, flags, last]) => `${first}-${traceId}-${parent}-${flags}${last}`)
  fc.assert(
    fc.property(fc.oneof(near, fc.string()), (header) => {
      // It takes a blank on either side, which no header has.
      fc.pre(header.trim() === header && !/\s/.test(header.slice(0, 2)))
      const context = new W3CTraceContextPropagator().extract(
        ROOT_CONTEXT,
        { traceparent: header },
        { get: (carrier, key) => (carrier as Record<string, string>)[key], keys: Object.keys },
      )
      expect(traceIdIn(header)).toBe(trace.getSpanContext(context)?.traceId)
    }),
    { numRuns: 2000 },
  )
  const start = performance.now()
  traceIdIn(`01-${TRACE}-${PARENT}-01-${'-'.repeat(16_000)}\n`)
  traceIdIn('0'.repeat(16_000))
  expect(performance.now() - start).toBeLessThan(20)
})
