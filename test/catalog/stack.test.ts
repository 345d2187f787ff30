import { afterEach, describe, expect, test, vi } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { framesFrom, type StackPolicy } from '../../src/catalog/stack.ts'

const errors = { 1: { status: 404, message: 'Not here' }, 2: { status: 500, message: 'Broken' } } as const

function hasFrames(error: Error): boolean {
  return /^ {4}at /m.test(error.stack!)
}

/** Whether a 404 and a 500 of a catalog have frames, where the process runs in `environment`. */
function framesOf(stack: StackPolicy | undefined, environment: string): readonly boolean[] {
  vi.stubEnv('NODE_ENV', environment)
  const { BizError } = defineCatalog({ name: 'shop', errors, ...(stack && { stack }) })
  return [new BizError(1), new BizError(2)].map(hasFrames)
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the frames of a BizError', () => {
  test.each([
    [undefined, 'production', [false, true]],
    [undefined, 'development', [true, true]],
    ['auto', 'production', [false, true]],
    ['always', 'production', [true, true]],
    ['never', 'development', [false, false]],
  ] as const)('are kept for 404 and 500, with stack %j in %s: %j', (stack, environment, kept) => {
    expect(framesOf(stack, environment)).toEqual(kept)
  })

  test.each([
    ['no process', undefined],
    ['a process without environment', {}],
    [
      'an environment that the program may not see',
      {
        get env() {
          throw new Error('Requires env access')
        },
      },
    ],
  ])('are kept where there is %s, as in a browser or on Deno', (_what, surroundings) => {
    const { process } = globalThis
    try {
      Object.assign(globalThis, { process: surroundings })
      expect(framesFrom('auto')).toBe(0)
    } finally {
      Object.assign(globalThis, { process })
    }
  })

  test('are left out of no other error, and its stack still names it', () => {
    const { BizError } = defineCatalog({ name: 'shop', errors, stack: 'never' })
    const limit = Error.stackTraceLimit
    const error = new BizError(1, { cause: new Error('why') })
    expect([error.stack, error instanceof Error, Error.stackTraceLimit]).toEqual([
      'BizError: Not here',
      true,
      limit,
    ])
    expect(hasFrames(error.cause as Error)).toBe(true)
    expect(hasFrames(new Error('after'))).toBe(true)
  })
})

describe('constructing a BizError without frames', () => {
  const { BizError } = defineCatalog({ name: 'shop', errors, stack: 'never' })
  const own = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')!
  afterEach(() => {
    Object.defineProperty(Error, 'stackTraceLimit', own)
  })

  test.each([
    ['deleted', () => Reflect.deleteProperty(Error, 'stackTraceLimit'), undefined],
    ['no number', () => Reflect.set(Error, 'stackTraceLimit', '7'), '7'],
    ['Infinity', () => Reflect.set(Error, 'stackTraceLimit', Infinity), Infinity],
    ['read-only', () => Reflect.defineProperty(Error, 'stackTraceLimit', { value: 7, writable: false }), 7],
  ] as const)('leaves a stackTraceLimit as it is that is %s', (_what, change, limit) => {
    change()
    expect(new BizError(1).code).toBe(1)
    expect(Error.stackTraceLimit).toBe(limit)
  })
})
