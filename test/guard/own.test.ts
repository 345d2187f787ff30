import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import {
  bare,
  isEverybodys,
  masks,
  ownMembers,
  readOwn,
  RESERVED_NAMES,
  setMember,
} from '../../src/guard/own.ts'
import { toJson, toPlain } from '../../src/guard/plain.ts'
import { read } from '../../src/guard/read.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { createResponder } from '../../src/handler/responder.ts'

/** Runs something while all objects have a member. */
function withMember<T>(name: string, descriptor: PropertyDescriptor, run: () => T): T {
  // oxlint-disable-next-line no-extend-native
  Object.defineProperty(Object.prototype, name, { configurable: true, enumerable: true, ...descriptor })
  try {
    return run()
  } finally {
    Reflect.deleteProperty(Object.prototype, name)
  }
}

class Base {
  get inherited(): string {
    return "the class's"
  }
}
class Derived extends Base {
  own = 'own'
}

describe('what all objects have', () => {
  const descriptors: Readonly<Record<string, PropertyDescriptor>> = {
    'a value': { value: 'polluted', writable: true },
    'a read-only value': { value: 'polluted', writable: false },
    'a getter': { get: () => ({ polluted: true }) },
    'a getter that throws': {
      get: () => {
        throw new Error('polluted')
      },
    },
  }
  for (const [what, descriptor] of Object.entries(descriptors)) {
    test(`Q08: ${what} is read of nothing`, () => {
      const values = [{}, [], () => {}, new Derived(), 'text', 7, true, Symbol('s'), 1n, new Error('e')]
      const found = withMember('status', descriptor, () => values.map((value) => read(value, 'status')))
      expect(found).toEqual(values.map(() => undefined))
    })

    test(`Q08: ${what} hides nothing that is an object's own or its class's`, () => {
      const status = { inherited: 'mine', own: 'mine' }
      const found = ['inherited', 'own'].map((name) =>
        withMember(name, descriptor, () => [read(status, name), readOwn(status, name)]),
      )
      expect(found).toEqual([
        ['mine', 'mine'],
        ['mine', 'mine'],
      ])
      expect(withMember('inherited', descriptor, () => read(new Derived(), 'inherited'))).toBe("the class's")
    })

    test(`Q08: ${what} does not stand in the way of a member of that name`, () => {
      const record: Record<string, string> = {}
      const [plain, sent] = withMember('status', descriptor, () => {
        setMember(record, 'status', 'mine')
        return [toPlain({ status: 1, other: { status: 2 } }), toJson({ status: 1 })]
      })
      expect(Object.getOwnPropertyDescriptor(record, 'status')).toEqual({
        value: 'mine',
        writable: true,
        enumerable: true,
        configurable: true,
      })
      expect([plain, sent]).toEqual([{ status: 1, other: { status: 2 } }, '{"status":1}'])
    })
  }

  test('Q08: what a Proxy makes up is its own', () => {
    const proxy = new Proxy({}, { get: () => 404, has: () => true })
    expect(read(proxy, 'status')).toBe(404)
    expect(isEverybodys(proxy, 'status')).toBe(false)
  })

  test('Q08: by the language itself is nothing of a value either', () => {
    for (const name of RESERVED_NAMES) expect(read({}, name), name).toBe(undefined)
    expect(read(new Derived(), 'constructor')).toBe(Derived)
    expect(RESERVED_NAMES).toEqual(new Set(Object.getOwnPropertyNames(Object.prototype)))
  })

  for (const [what, make] of [
    ['an object', () => ({ toJSON: 1 })],
    ['an array', () => [1, [2, { a: null }]]],
  ] as const) {
    test(`Q08: a toJSON that all objects have is not called of ${what}`, () => {
      const value = { a: make(), b: 'text', c: new Date(0) }
      const expected = JSON.stringify(toPlain(value))
      const found = withMember('toJSON', { value: () => 'polluted' }, () => toJson(toPlain(value)))
      expect(found).toBe(expected)
    })
  }

  test('Q08: of arrays, a toJSON that all have is not called', () => {
    // oxlint-disable-next-line no-extend-native
    Object.defineProperty(Array.prototype, 'toJSON', { configurable: true, value: () => 'polluted' })
    try {
      expect(toJson({ a: [1, [2]] })).toBe('{"a":[1,[2]]}')
    } finally {
      Reflect.deleteProperty(Array.prototype, 'toJSON')
    }
  })
})

describe('readOwn', () => {
  test('reads what is own, and nothing of a class', () => {
    const derived = new Derived()
    expect([readOwn(derived, 'own'), readOwn(derived, 'inherited')]).toEqual(['own', undefined])
  })

  test('reads nothing of what cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const throwing = {
      get a() {
        throw new Error('hostile')
      },
    }
    expect([undefined, null, proxy, throwing].map((value) => readOwn(value, 'a'))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    )
  })

  test('reads an object of another realm', () => {
    const other: unknown = runInNewContext('Object.prototype.b = 2; ({ a: 1 })')
    expect([readOwn(other, 'a'), readOwn(other, 'b')]).toEqual([1, undefined])
  })
})

test('a bare record has its members and no others', () => {
  const record = bare({ a: 1 })
  expect('toString' in record).toBe(false)
  expect({ ...record }).toEqual({ a: 1 })
})

test('masks hide what all objects have, and are nothing where they have nothing', () => {
  expect(masks()).toBe(undefined)
  expect(withMember('lng', { value: 'x' }, () => ({ ...masks(), a: 1 }))).toEqual({ lng: undefined, a: 1 })
})

test('own members are the record itself, unless all objects have others', () => {
  const record = { a: 1 }
  expect(ownMembers(record)).toBe(record)
  expect(withMember('b', { value: 2 }, () => 'b' in ownMembers(record))).toBe(false)
})

describe('options', () => {
  test('Q08: that only a class has are refused, since they would not be read', () => {
    class Options {
      get docsUrl(): string {
        return 'https://example.com/'
      }
    }
    expect(() => createResponder(new Options(), () => ({ method: 'GET', route: undefined }))).toThrow(
      new SetupError('errorHandler inherits docsUrl. Give it as a member of the object itself.'),
    )
    const inherited = Object.create({ status: 409 }) as { status: 409; message: string }
    inherited.message = 'Taken'
    expect(() => defineCatalog({ name: 'shop', errors: { 1: inherited } })).toThrow(
      new SetupError('Catalog shop, error 1 inherits status. Give it as a member of the object itself.'),
    )
  })

  test('Q08: of a class of its own that are own are taken', () => {
    class Definition {
      status = 409
      message = 'Taken'
    }
    const shop = defineCatalog({ name: 'shop', errors: { 1: new Definition() } })
    expect(shop.get(1)!.status).toBe(409)
  })

  test('Q08: of a throw are its own alone', () => {
    const shop = defineCatalog({ name: 'shop', errors: { 1: { status: 409, message: 'Taken' } } })
    const inherited = Object.create({
      status: 404,
      details: 'x',
      headers: { 'X-A': 'b' },
      cause: 'y',
    }) as object
    const error = new shop.BizError(1, inherited)
    expect([error.status, error.details, error.headers, 'cause' in error]).toEqual([
      409,
      undefined,
      {},
      false,
    ])
  })
})
