import { describe, expect, test } from 'vitest'
import { BizError as Root, catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as http } from '../../src/catalogs/http.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { bizErrorState } from '../../src/error/biz-error.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { createStrayWarning } from '../../src/handler/stray.ts'

const shop = defineCatalog({ name: 'shop', errors: { 1: { status: 404, message: 'Not here' } } })
const other = defineCatalog({ name: 'other', errors: { 1: { status: 404, message: 'Not here' } } })

const stray = new Root(1003)
const state = bizErrorState(stray)!

/** What is said when values are thrown, one after the other, in an app of a catalog. */
function said(catalog: Catalog, ...thrown: readonly unknown[]): readonly string[] {
  const warnings: string[] = []
  const tell = createStrayWarning(catalog, (message) => warnings.push(message))
  for (const value of thrown) tell(value, bizErrorState(value) ?? state)
  return warnings
}

function warning(code: string): string {
  return (
    `Error ${code} of catalog cloud-waf was thrown in an app of catalog shop, and answered as cloud-waf has it. ` +
    `The BizError of 'bizerror' is that of cloud-waf: throw the BizError of shop.`
  )
}

describe('the BizError of bizerror in an app of another catalog', () => {
  test('is told, once', () => {
    expect(said(shop, stray, stray, new Root(401))).toEqual([warning('1003')])
  })

  test('is told where it is the cause of what was thrown', () => {
    expect(said(shop, new Error('x', { cause: stray }))).toEqual([warning('1003')])
  })

  test('is told with the code that was asked for', () => {
    expect(said(shop, Reflect.construct(Root, ['nope']))).toEqual([warning('"nope"')])
  })

  test('is at home in its own catalog, and in the default one', () => {
    expect([said(cloudWaf, stray), said(http, stray)]).toEqual([[], []])
  })

  test('is not what a rule made of a foreign error', () => {
    expect(said(shop, new Error('x'), new Error('y', { cause: new Error('z') }))).toEqual([])
  })

  test('is no BizError of a third catalog, after which it is told all the same', () => {
    expect(said(shop, new other.BizError(1))).toEqual([])
    expect(said(shop, new other.BizError(1), stray)).toEqual([warning('1003')])
  })
})
