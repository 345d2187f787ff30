import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { bizErrorState } from '../../src/error/biz-error.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { createNamesakeWarning } from '../../src/handler/namesake.ts'
import { onAll } from '../support/served.ts'
import { throws } from '../support/guarantees.ts'
import { send } from '../support/raw.ts'

const GONE = { status: 410, message: 'Gone' }

const shop = defineCatalog({ name: 'shop', errors: { GONE, MOVED: { status: 410, message: 'Moved' } } })
/** The same, as a CommonJS form of the module has it. */
const twin = defineCatalog({ name: 'shop', errors: { GONE, MOVED: { status: 410, message: 'Moved' } } })
const namesakes = {
  'another error': defineCatalog({ name: 'shop', errors: { LEFT: GONE } }).errors.LEFT,
  'another message': defineCatalog({ name: 'shop', errors: { GONE: { status: 410, message: 'Left' } } })
    .errors.GONE,
  'another status': defineCatalog({ name: 'shop', errors: { GONE: { status: 404, message: 'Gone' } } }).errors
    .GONE,
}
const billing = defineCatalog({ name: 'billing', errors: { UNPAID: { status: 402, message: 'Not paid' } } })
const otherBilling = defineCatalog({ name: 'billing', errors: { UNPAID: { status: 402, message: 'Pay' } } })

/** What is said of errors, one after the other, in an app of a catalog. */
function said(catalog: Catalog, ...errors: readonly Error[]): readonly string[] {
  const warnings: string[] = []
  const tell = createNamesakeWarning(catalog, (message) => warnings.push(message))
  for (const error of errors) tell(bizErrorState(error)!)
  return warnings
}

function warning(key: string, name = 'shop'): string {
  return (
    `Error "${key}" is of a second catalog of the name ${name}, which has other entries than the first: ` +
    'their texts and their errors are taken for one another. Give each catalog a name of its own'
  )
}

describe('T02: a second catalog of the same name', () => {
  for (const [what, make] of Object.entries(namesakes)) {
    test(`T02: is told of once, where it has ${what}`, () => {
      const error = (make as () => Error & { readonly key: string })()
      expect(said(shop, shop.errors.GONE(), error, error)).toEqual([warning(error.key)])
    })
  }

  test('T02: is no mistake where it is the same catalog in another form', () => {
    expect(said(shop, twin.errors.GONE(), twin.errors.MOVED())).toEqual([])
  })

  test('T02: is not seen in a key that neither has', () => {
    expect(said(shop, Reflect.construct(twin.BizError, ['NOPE']) as Error)).toEqual([])
  })

  test('T02: is told of where neither is the catalog of the app, once for each name', () => {
    const both = [billing.errors.UNPAID(), otherBilling.errors.UNPAID()]
    expect(said(shop, ...both, ...both)).toEqual([warning('UNPAID', 'billing')])
  })

  test('T02: is not looked for among more than a hundred names', () => {
    const errors = Array.from({ length: 120 }, (_, n) =>
      defineCatalog({ name: `c${n}`, errors: { GONE } }).errors.GONE(),
    )
    const again = Array.from({ length: 120 }, (_, n) =>
      defineCatalog({ name: `c${n}`, errors: { GONE: { status: 404, message: 'x' } } }).errors.GONE(),
    )
    expect(said(shop, ...errors, ...again)).toHaveLength(99)
  })

  onAll(
    'T02: is answered as it says itself, and told of once',
    {
      options: { catalog: shop },
      routes: {
        '/': throws(namesakes['another message']()),
        '/own': throws(shop.errors.MOVED()),
        '/twin': throws(twin.errors.MOVED()),
        '/other': throws(billing.errors.UNPAID()),
      },
    },
    async ({ port, log }) => {
      const bodies: string[] = []
      for (const path of ['/own', '/twin', '/other', '/', '/']) {
        // One after the other.
        // oxlint-disable-next-line no-await-in-loop
        bodies.push((await send(port, { path })).split('\r\n\r\n')[1]!)
      }
      expect(bodies).toEqual([
        '{"code":"MOVED","message":"Moved"}',
        '{"code":"MOVED","message":"Moved"}',
        '{"code":"UNPAID","message":"Not paid"}',
        '{"code":"GONE","message":"Left"}',
        '{"code":"GONE","message":"Left"}',
      ])
      expect(log.filter(([level]) => level === 'warn')).toEqual([['warn', {}, warning('GONE')]])
    },
  )
})
