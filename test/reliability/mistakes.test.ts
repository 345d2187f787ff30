import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/error/biz-error.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import { createMissingWarning } from '../../src/handler/missing.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { express5, frameworks, listen, type Framework, type Route } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { holds, throws, type Expected } from '../support/guarantees.ts'
import { onAll, recorder } from '../support/served.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { status: 410, message: 'Gone' },
    'api.moved': { status: 410, message: 'Moved' },
    1006: { status: 409, message: 'Taken' },
    500: { status: 500, message: 'Our fault' },
  },
})
const { errors } = shop
const options = { catalog: shop }

describe('T03: a function that nobody called', () => {
  const internal = { status: 500, body: { code: 500, message: 'Our fault' } }
  const saying = (advice: string): Expected => ({
    ...internal,
    also: ({ log }) =>
      expect(log.map(([level, , message]) => [level, message])).toEqual([
        ['error', `A function was thrown, which is no error. ${advice}`],
      ]),
  })
  for (const [call, thrown] of [
    ['errors.GONE()', errors.GONE],
    ['errors[1006]()', errors[1006]],
    ['errors["api.moved"]()', errors['api.moved']],
  ] as const) {
    holds(
      `T03: is the internal error, and the log says ${call}`,
      { options, route: throws(thrown) },
      saying(`Call it: ${call}`),
    )
  }
  holds(
    'T03: is the internal error, and the log says new of a class',
    { options, route: throws(shop.BizError) },
    saying('Call it, or make an error of the class with new'),
  )
})

const gone = (unusable: readonly string[]): Expected => ({
  status: 410,
  body: { code: 'GONE', message: 'Gone' },
  also: ({ reports }) => expect(reports.map((report) => report.unusable)).toEqual([unusable]),
})

describe('T03: what a throw gives that nobody reads', () => {
  const make = errors.GONE as (options: unknown) => Error
  for (const [what, given] of [
    ['an Error, which belongs into cause', new Error('hunter2')],
    ['an error of ours', errors.GONE()],
    ['a text', 'hunter2'],
    ['a number, as from Array.prototype.map', 0],
    ['null', null],
    ['an array', [{ details: 1 }]],
    ['a function', () => 'hunter2'],
  ] as const) {
    holds(
      `T03: is told in the log, and changes nothing: ${what}`,
      {
        options,
        route: () => {
          throw make(given)
        },
        secrets: ['hunter2'],
      },
      gone(['options']),
    )
  }
  holds(
    'T03: is told by its name, where it is misspelled',
    {
      options,
      route: () => {
        throw make({ detail: 'hunter2', param: {}, cause: new Error('x'), as: undefined })
      },
      secrets: ['hunter2'],
    },
    gone(['detail', 'param']),
  )
  holds(
    'T03: is told ten times at most, and in 64 letters',
    {
      options,
      route: () => {
        throw make(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`${n}x`.repeat(99), 1])))
      },
    },
    gone(Array.from({ length: 10 }, (_, n) => `${n}x`.repeat(99).slice(0, 64))),
  )
})

const sold = defineCatalog({
  name: 'sold',
  errors: {
    OUT: { status: 409, message: 'Only {{left}} left', title: 'Sold out' },
    FEW: { status: 409, message: '{{count}} left' },
  },
})
const german = {
  OUT: { message: 'Noch {{left}} von {{rest}} und {{rest, number}}', title: '{{a.b}} weg' },
  FEW: { message_one: '{{count}} da', message_other: '{{count}} von {{rest}} da' },
}
const places = (language: object): HandlerOptions => ({
  catalog: sold,
  locales: { de: { sold: language } },
})

/** What three requests in German are answered, and what is warned of meanwhile. */
async function asked(framework: Framework, given: HandlerOptions, route: Route): Promise<object> {
  const { options: recording, log } = recorder()
  const { port, server } = await listen(
    framework.listener({ options: { ...given, logger: recording.logger }, routes: { '/': route } }),
  )
  try {
    const said: unknown[] = []
    for (let time = 0; time < 3; time++) {
      const raw = await send(port, { path: '/', headers: { 'Accept-Language': 'de' } })
      said.push((JSON.parse(raw.slice(raw.indexOf('\r\n\r\n'))) as { message: string }).message)
    }
    return { said, warnings: log.filter(([level]) => level === 'warn').map(([, , message]) => message) }
  } finally {
    server.close()
  }
}

const out: Route = () => {
  throw sold.errors.OUT({ params: { left: 1 } })
}

const few: Route = () => {
  throw sold.errors.FEW({ params: { count: 2 } })
}

/** What is said of placeholders without a value. */
function missing(key: string, params: string, catalog = 'sold', given = ''): string {
  const names = params.replaceAll(/\w+/g, '{{$&}}')
  const instead = given === '' ? '' : `, but with ${given}, which it does not have`
  return (
    `Error "${key}" of catalog ${catalog} was thrown without a usable value for ${names} of its message${instead}: … is sent there. ` +
    `Give params: { ${params} }, a text, a number, a boolean or a Date; defineErrors keeps placeholders typed where a catalog is split over files`
  )
}

function warnings(log: readonly (readonly [level: string, ...rest: unknown[]])[]): readonly unknown[] {
  return log.filter(([level]) => level === 'warn')
}

describe('T03: a placeholder that a throw gives no value', () => {
  const make = sold.errors.OUT as (options?: unknown) => Error
  for (const [what, given, instead] of [
    ['nothing at all', undefined, ''],
    ['no params', {}, ''],
    ['other params', { params: { lft: 1, product: 'tea' } }, 'lft, product'],
    ['an object', { params: { left: {} } }, ''],
    ['NaN', { params: { left: Number.NaN } }, ''],
  ] as const) {
    onAll(
      `T03: is sent as …, and told once: ${what}`,
      {
        options: { catalog: sold },
        routes: {
          '/': () => {
            throw make(given)
          },
        },
      },
      async ({ port, log }) => {
        for (let time = 0; time < 3; time++) {
          // One after the other.
          // oxlint-disable-next-line no-await-in-loop
          expect(await send(port, { path: '/' })).toContain('"message":"Only … left"')
        }
        expect(warnings(log)).toEqual([['warn', {}, missing('OUT', 'left', 'sold', instead)]])
      },
    )
  }

  const two = defineCatalog({
    name: 'two',
    errors: {
      A: { status: 409, message: '{{x}} of {{y}}' },
      B: { status: 409, message: '{{x}}' },
    },
  })
  const thrown = (key: 'A' | 'B', options?: object): Route => {
    const all = two.errors as Readonly<Record<string, (options?: unknown) => Error>>
    return throws(all[key]!(options))
  }
  onAll(
    'T03: is told once for each error, and what else is unusable is not',
    {
      options: { catalog: two },
      routes: {
        '/a': thrown('A', { params: { y: 1 } }),
        '/both': thrown('A'),
        '/b': thrown('B', { headers: { 'Set-Cookie': 'x' }, nonsense: 1 }),
        '/wrapped': throws(new Error('x', { cause: new two.BizError('B', {} as never) })),
        '/fine': thrown('A', { params: { x: 0, y: '' }, status: 7 }),
      },
    },
    async ({ port, log }) => {
      for (const path of ['/fine', '/both', '/a', '/b', '/wrapped', '/both']) {
        // oxlint-disable-next-line no-await-in-loop
        await send(port, { path })
      }
      expect(warnings(log)).toEqual([
        ['warn', {}, missing('A', 'x, y', 'two')],
        ['warn', {}, missing('B', 'x', 'two')],
      ])
    },
  )

  test('T03: is told once, where errors are described', () => {
    const { options: recording, log } = recorder()
    for (let time = 0; time < 3; time++) {
      expect(describeError(make(), { catalog: sold, logger: recording.logger }).message).toBe('Only … left')
    }
    expect(warnings(log)).toEqual([['warn', {}, missing('OUT', 'left')]])
  })

  test('T03: is told of further errors in the same answer, by their own names', () => {
    const texts: string[] = []
    const tell = createMissingWarning((message) => texts.push(message))
    const first = bizErrorState(two.errors.B({ params: { x: 1 } }))!
    tell({ ...first, unusable: ['also[0].params.left'], errors: [bizErrorState(make())!] })
    expect(texts).toEqual([missing('OUT', 'left')])
  })

  test('T03: is told a thousand times, and no more', () => {
    const texts: string[] = []
    const tell = createMissingWarning((message) => texts.push(message))
    const { catalog, entry } = bizErrorState(make())!
    for (let n = 0; n < 1200; n++)
      tell({ catalog, entry: { ...entry, key: `K${n}` }, unusable: ['params.left'] })
    expect(texts).toHaveLength(1000)
  })
})

describe('T03: a placeholder that only a translator has written', () => {
  for (const framework of frameworks) {
    test(`T03: costs its text, and is told once for each, on ${framework.name}`, async () => {
      const write = "and was not used. Write those of the catalog's text:"
      expect([
        await asked(framework, places(german), out),
        await asked(framework, places(german), few),
      ]).toEqual([
        {
          said: Array.from({ length: 3 }, () => 'Only 1 left'),
          warnings: [
            `The message of error OUT in de/sold has {{rest}}, ${write} {{left}}.`,
            `The title of error OUT in de/sold has {{a.b}}, ${write} {{left}}.`,
          ],
        },
        {
          said: Array.from({ length: 3 }, () => '2 left'),
          warnings: [`The message of error FEW in de/sold has {{rest}}, ${write} {{count}}.`],
        },
      ])
    })
  }

  test('T03: is nothing to tell of where the app fills it itself, or has another syntax', async () => {
    const results = [
      { interpolation: { defaultVariables: { rest: 9 } } },
      { interpolation: { prefix: '[', suffix: ']' } },
    ].map(async (options) => {
      const i18n = createInstance()
      const resources = { de: { sold: { OUT: { message: 'Noch {{left}} [left] {{rest}}' } } } }
      await i18n.init({ lng: 'de', resources, ...options })
      return asked(express5, { catalog: sold, i18n }, out)
    })
    expect((await Promise.all(results)).map((result) => (result as { warnings: unknown }).warnings)).toEqual([
      [],
      [],
    ])
  })
})
