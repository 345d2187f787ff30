// What a front end needs of the server's catalog: types alone.
import type { CodesOf, KeysOf } from 'bizerror/catalog'
import type { all } from './catalog.js'

type Told = CodesOf<typeof all>
export const texts: Record<Told, string> = { A0410: 'Gone', 10001: 'Not found', 10002: 'Sold out' }
export const message = (body: { code: Told }): string => texts[body.code]
export const keys: KeysOf<typeof all>[] = [10001, 10002, 'GONE']
export type Gone = (typeof all.$infer)['GONE']['message'] & 'Gone'
// @ts-expect-error -- no such code
export const wrong = message({ code: 'A0411' })
