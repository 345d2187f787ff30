import { AssertionError } from 'node:assert'
import { memoryStore, type StoreFactory } from 'bizerror/rate-limit'
import { storeContract, type StoreContractOptions } from 'bizerror/testing'
import { describe, expect, test } from 'vitest'
import { FAULTS } from './faults.ts'
import { guideStore } from './guide-store.ts'
import { withTurnedClock } from './turned-clock.ts'

/**
 * Runs all cases at once, and returns the titles of those that failed, with what they said. The windows of the guide's
 * store are by the clock of the process, which is turned for them.
 */
async function failuresOf(
  createStore: () => StoreFactory,
  options?: StoreContractOptions,
): Promise<ReadonlyMap<string, unknown>> {
  const failures = new Map<string, unknown>()
  const cases = storeContract(createStore, options)
  await withTurnedClock(() =>
    Promise.all(cases.map(({ title, run }) => run().catch((error: unknown) => failures.set(title, error)))),
  )
  return failures
}

describe("memoryStore keeps the stores' contract:", () => {
  for (const { title, run } of storeContract(() => memoryStore(), { shared: false }))
    test.concurrent(title, run)
})

describe("the guide's store keeps the contract:", async () => {
  const myStore = await guideStore()
  for (const { title, run } of storeContract(myStore)) test.concurrent(title, run)
})

describe('a store with one fault fails in the cases that are about it, and in no others:', () => {
  test.each(FAULTS)('$fault', async ({ fault, edits, found }) => {
    const failures = await failuresOf(await guideStore({ fault, edits }))
    expect([...failures.keys()].sort()).toEqual([...found].sort())
    for (const failure of failures.values()) expect(failure).toBeInstanceOf(AssertionError)
  })

  test('each case finds a fault', () => {
    const found = new Set(FAULTS.flatMap(({ found }) => found))
    const cases = storeContract(() => memoryStore())
    expect(cases.map(({ title }) => title).filter((title) => !found.has(title))).toEqual([])
  })
})

describe('storeContract', async () => {
  const myStore = await guideStore()

  /** A store of the guide, with other members. */
  function changed(members: object): () => StoreFactory {
    return () => {
      const factory = myStore()
      return (limits) => ({ ...factory(limits), ...members })
    }
  }

  test('says which rule a store breaks, what was expected, and what the store said to which call', async () => {
    const wrong = {
      allowed: true,
      standings: [{ remaining: 4, resetAfter: 600 }],
      violated: [],
      retryAfter: 1,
    }
    const failures = await failuresOf(changed({ consume: () => wrong }))
    const failure = failures.get('an allowed request violates nothing and has nothing to wait for')
    expect(failure).toMatchObject({
      name: 'AssertionError',
      actual: 1,
      expected: 0,
      message: expect.stringMatching(
        new RegExp(
          [
            '^A request that fits into all limits is allowed[.]',
            'Expected: retryAfter 0',
            'The store said: retryAfter 1',
            "To: consume[(]'[0-9a-f]{8}', 1[)]",
            'In full: [{] allowed: true, standings: .*, violated: .*, retryAfter: 1 [}]$',
          ].join('\n'),
        ),
      ) as string,
    })
  })

  test.each([undefined, null, 1, 'yes', {}, [], { allowed: true }, { standings: 1 }, { standings: [null] }])(
    'says so of a store that answers anything: %j',
    async (answer) => {
      const failures = await failuresOf(changed({ consume: () => answer, peek: () => answer }))
      expect(failures.size).toBeGreaterThan(50)
      for (const failure of failures.values()) expect(failure).toBeInstanceOf(AssertionError)
    },
  )

  test('says so of a store that throws or rejects, with its error as the cause', async () => {
    const down = new Error('the server is down')
    for (const consume of [
      () => Promise.reject(down),
      () => {
        throw down
      },
    ]) {
      const failures = await failuresOf(changed({ consume }))
      const failure = failures.get('a request takes as many units as it costs')
      expect(failure).toMatchObject({
        name: 'AssertionError',
        message: expect.stringMatching(
          /^A store answers while its server is there.\nExpected: an answer to consume\('[0-9a-f]{8}fixed', 3\)\nThe store threw: Error: the server is down$/,
        ) as string,
        cause: down,
      })
    }
  })

  test('names a method that a store lacks, and the way to leave it out', async () => {
    const failures = await failuresOf(changed({ giveBack: undefined }))
    expect(failures.size).toBe(9)
    for (const failure of failures.values()) {
      expect((failure as Error).message).toBe(
        "The store has no giveBack. Write it; or, to leave it out on purpose: storeContract(createStore, { without: ['giveBack'] })",
      )
    }
  })

  test('leaves out the cases of a method that is left out on purpose, and no other case', async () => {
    const all = storeContract(myStore).map(({ title }) => title)
    const without = ['peek', 'giveBack', 'reset', 'block'] as const
    const few = changed(Object.fromEntries(without.map((method) => [method, undefined])))
    const cases = storeContract(few, { without })
    expect(await failuresOf(few, { without })).toEqual(new Map())
    const titles = cases.map(({ title }) => title)
    expect(titles.slice(-4)).toEqual(without.map((method) => `${method} is left out, as said`))
    const left = all.filter((title) => !titles.includes(title))
    expect(left.every((title) => /peek|giveBack|reset|block/.test(title))).toBe(true)
    expect(left.length).toBeGreaterThan(20)
  })

  test('does not let a method that is there be left untried', async () => {
    expect(await failuresOf(myStore, { without: ['peek'] })).toEqual(
      new Map([
        [
          'peek is left out, as said',
          expect.objectContaining({
            message: "The store has a peek, which without: ['peek'] leaves untried. Take it out of the list.",
          }),
        ],
      ]),
    )
  })

  test('tries whether stores of one factory count together, unless it is told that they count apart', async () => {
    const titles = (shared: boolean) => storeContract(myStore, { shared }).map(({ title }) => title)
    expect(storeContract(myStore).map(({ title }) => title)).toEqual(titles(true))
    expect(titles(false).filter((title) => !titles(true).includes(title))).toEqual([
      'the stores of one factory count apart',
    ])
    expect([...(await failuresOf(myStore, { shared: false })).keys()]).toEqual([
      'the stores of one factory count apart',
    ])
  })

  test('has cases with titles of their own', () => {
    for (const shared of [true, false]) {
      const titles = storeContract(myStore, { shared }).map(({ title }) => title)
      expect(new Set(titles).size).toBe(titles.length)
    }
  })

  test('waits for a store, and closes all that it opened', async () => {
    let open = 0
    const counted: StoreFactory = (limits) => {
      open++
      return { ...myStore()(limits), close: () => void open-- }
    }
    const [first] = storeContract(() => Promise.resolve(counted))
    await first!.run()
    expect(open).toBe(0)
  })

  test('rejects with what createStore throws, and tells of one that returns no store', async () => {
    const down = new Error('the server is down')
    for (const createStore of [
      () => Promise.reject(down),
      () => {
        throw down
      },
    ]) {
      await expect(storeContract(createStore)[0]!.run()).rejects.toBe(down)
    }
    await expect(storeContract(() => undefined as never)[0]!.run()).rejects.toThrow(
      'createStore returned undefined. Expected: a function of the limits that returns a store',
    )
  })

  test.each<[unknown, unknown, string]>([
    [
      undefined,
      undefined,
      'storeContract was called with undefined. Give a function that returns a store: () => myStore(client).',
    ],
    [() => {}, null, 'storeContract was called with null. Give { shared, without }, or nothing.'],
    [() => {}, { share: true }, 'storeContract has no "share". Did you mean shared?'],
    [() => {}, { shared: 1 }, 'Option shared is 1. Give true or false.'],
    [
      () => {},
      { without: ['giveback'] },
      'Option without is an array. Give an array of peek, giveBack, reset, block.',
    ],
    [
      () => {},
      { without: 'peek' },
      'Option without is "peek". Give an array of peek, giveBack, reset, block.',
    ],
  ])('refuses %o with %o', (createStore, options, message) => {
    expect(() => storeContract(createStore as never, options as never)).toThrow(
      expect.objectContaining({ name: 'SetupError', message }) as Error,
    )
  })
})
