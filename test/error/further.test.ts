import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/error/biz-error.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { adoptStates, withFurther } from '../../src/error/further.ts'
import { thrownState, type BizErrorState } from '../../src/error/state.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    A: { status: 400, message: 'A' },
    B: { status: 404, message: 'B' },
    C: { status: 409, message: '{{left}} left' },
  },
})
const { errors } = shop
const [a, b] = [errors.A(), errors.B()]
const c = (left: number): Error => errors.C({ params: { left } })

function stateOf(also: unknown): BizErrorState {
  return bizErrorState(errors.A({ also: also as never }))!
}

function keysOf({ errors: further }: BizErrorState): readonly unknown[] {
  return (further ?? []).map(({ entry }) => entry.key)
}

const throwing = (): never => {
  throw new Error('hostile')
}

describe('the further errors of a throw', () => {
  test('are their states, as they are', () => {
    expect(stateOf([a, b]).errors).toEqual([bizErrorState(a), bizErrorState(b)])
    expect(stateOf([a, b]).errors![1]).toBe(bizErrorState(b))
  })

  test('are nothing where there are none: the state is the same object', () => {
    const state = thrownState(shop, 'A', undefined)
    expect(withFurther(state, undefined, throwing)).toBe(state)
    expect(stateOf([])).toEqual(state)
  })

  test('bring along their own, in order and each once', () => {
    const inner = errors.B({ also: [a] })
    expect(keysOf(stateOf([inner, a, c(1), inner]))).toEqual(['B', 'A', 'C'])
  })

  test('are 32 at most, with those that they bring along', () => {
    const ten = errors.B({ also: Array.from({ length: 9 }, (_, left) => c(left) as never) })
    const state = stateOf(Array.from({ length: 4 }, () => errors.B({ also: [ten] })))
    expect(state.errors).toHaveLength(14)
    const many = stateOf(
      Array.from({ length: 5 }, () =>
        errors.B({ also: Array.from({ length: 9 }, (_, left) => c(left) as never) }),
      ),
    )
    expect([many.errors?.length, many.unusable]).toEqual([32, ['also[3]', 'also[4]']])
  })

  test('are named by the places of what is wrong with them', () => {
    const inner = errors.B({ also: [errors.A({ status: 99 }), 'x' as never], headers: { Vary: '*' } })
    const outer = stateOf([a, inner, new shop.BizError('X' as 'A')])
    expect(outer.unusable).toEqual([
      'also[1].headers.Vary',
      'also[1].also[0].status',
      'also[1].also[1]',
      'also[2].key',
    ])
  })

  test('stand on the error as on an AggregateError, unless there are none', () => {
    const error = errors.A({ also: [b, new Error('x') as never] })
    expect(error.errors).toEqual([b])
    expect(error.errors![0]).toBe(b)
    expect([Object.keys(error).includes('errors'), 'errors' in a]).toEqual([false, false])
  })

  test('take note of promises that nobody waits for, and leave them out', async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    expect(stateOf([Promise.reject(new Error('late'))]).unusable).toEqual(['also[0]'])
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', onUnhandled)
    expect(unhandled).toEqual([])
  })

  test('are BizErrors alone, each told or named, whatever is given', () => {
    const item = fc.oneof(fc.anything(), fc.constantFrom(a, b, errors.B({ also: [c(1) as never] })))
    fc.assert(
      fc.property(fc.oneof(fc.array(item), fc.anything()), (also) => {
        const state = stateOf(also)
        const usable = Array.isArray(also) ? also.filter((each) => bizErrorState(each) !== undefined) : []
        for (const each of state.errors ?? []) expect(['A', 'B', 'C']).toContain(each.entry.key)
        expect(state.errors === undefined).toBe(usable.length === 0)
        if (also !== undefined && !Array.isArray(also)) expect(state.unusable).toEqual(['also'])
        else
          expect(state.unusable).toHaveLength(
            Math.min(10, ((also as unknown[]) ?? []).length - usable.length),
          )
      }),
    )
  })
})

describe('the further errors of another copy', () => {
  const foreign = { catalog: shop, entry: shop.get('A'), code: 'A', status: 400, params: {} }
  const other = { ...foreign, entry: shop.get('B'), code: 'B', status: 404 }

  test('are adopted as they are', () => {
    const state = bizErrorState(
      errors.A({ also: [b, c(3) as never], fields: [{ path: 'x', code: 'required' }] }),
    )!
    expect(adoptStates(state)).toEqual(state)
    const told = bizErrorState(
      errors.C({ params: {} as never, headers: { Vary: '*' }, also: ['x' as never, b] }),
    )!
    expect(adoptStates(told)).toEqual({ ...told, headers: {} })
  })

  test('are read with care: one that cannot be used costs the others nothing', () => {
    const hostile = { ...other, catalog: { get: throwing, name: 'x', sourceLocale: { toString: throwing } } }
    const state = adoptStates({ ...foreign, errors: [hostile, {}, 'x', other, { ...other, status: 302 }] })!
    expect([keysOf(state), state.unusable]).toEqual([
      ['B'],
      ['errors[0]', 'errors[1]', 'errors[2]', 'errors[4]'],
    ])
  })

  test('have none themselves, so that they make no circle', () => {
    const circle: Record<string, unknown> = { ...foreign }
    circle['errors'] = [circle, { ...other, errors: [circle] }]
    expect(keysOf(adoptStates(circle)!)).toEqual(['A', 'B'])
  })

  test('are 32 at most', () => {
    const state = adoptStates({ ...foreign, errors: Array.from({ length: 1000 }, () => other) })!
    expect([state.errors?.length, state.unusable]).toEqual([32, ['errors[32]']])
  })

  test('of no list are none', () => {
    expect(adoptStates({ ...foreign, errors: 'x' })).toMatchObject({
      errors: undefined,
      unusable: ['errors'],
    })
  })
})
