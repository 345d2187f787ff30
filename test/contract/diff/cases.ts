import { defineCatalog, type CatalogDefinition, type HandlerOptions } from '../../../src/index.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import type { Dump } from '../../../src/contract/dump/dump.ts'
import type { DiffOptions } from '../../../src/contract/diff/comparison.ts'

/** A difference of two dumps, and what is told of it on the way there and on the way back: level, code, rule, message. */
export interface Case {
  readonly title: string
  readonly old: Dump
  readonly next: Dump
  readonly options?: DiffOptions
  readonly there: readonly string[]
  readonly back: readonly string[]
}

type Errors = Readonly<Record<string, object | undefined>>

const ERRORS: Errors = {
  10001: { status: 404, message: 'Product not found' },
  10002: { status: 409, message: 'Only {{left}} left' },
  10003: { status: 404, message: 'Order not found' },
}

interface Changes extends Partial<Omit<CatalogDefinition, 'errors'>> {
  readonly errors?: Errors
  readonly handler?: object
}

/** A shop's dump: three errors, and what a case says otherwise. An error that is undefined is none of them. */
export function shop({ errors, handler, ...definition }: Changes = {}): Dump {
  const all = Object.entries({ ...ERRORS, ...errors }).filter(([, error]) => error !== undefined)
  const catalog = defineCatalog({ name: 'shop', errors: Object.fromEntries(all), ...definition } as never)
  return createDump(catalog, { handler: handler as HandlerOptions })
}

/** The shop with errors of a case's own alone. */
export function only(errors: Errors, changes: Changes = {}): Dump {
  return shop({ ...changes, errors: { 10001: undefined, 10002: undefined, 10003: undefined, ...errors } })
}

const GONE = { status: 410, message: 'No longer sold' }
const PARENTS = {
  400: { status: 400, message: 'Bad request' },
  404: { status: 404, message: 'Not found' },
}
const schema = (
  properties: object,
  required: readonly string[],
): NonNullable<CatalogDefinition['envelope']> => ({
  body: () => ({}),
  schema: { type: 'object', properties, required },
})
const own: NonNullable<CatalogDefinition['envelope']> = { body: ({ code }) => ({ code }) }

/** The shop with another error. */
function error(code: number, changes: object): { readonly errors: Errors } {
  return { errors: { [code]: { ...ERRORS[code], ...changes } } }
}

export const CASES: readonly Case[] = [
  // codes
  {
    title: 'a code of a status that others have',
    old: shop(),
    next: shop({ errors: { 10004: { status: 404, message: 'Customer not found' } } }),
    there: ['safe 10004 code-added is new'],
    back: [
      'breaking 10004 code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
  },
  {
    title: 'a code, where the list of codes is closed',
    old: shop(),
    next: shop({ errors: { 10004: { status: 404, message: 'Customer not found' } } }),
    options: { codes: 'closed' },
    there: ['risky 10004 code-added is unknown to clients, whose list of codes is closed'],
    back: [
      'breaking 10004 code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
  },
  {
    title: 'the first code of its status',
    old: shop(),
    next: shop({ errors: { 10010: { status: 402, message: 'Pay first' } } }),
    there: ['risky 10010 code-added brings the first 402'],
    back: [
      'breaking 10010 code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
  },
  {
    title: 'the first code of its status, where all answers have 200',
    old: shop({ httpStatus: 200 }),
    next: shop({ httpStatus: 200, errors: { 10010: { status: 402, message: 'Pay first' } } }),
    there: ['safe 10010 code-added is new'],
    back: [
      'breaking 10010 code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
  },
  {
    title: 'a code that was retired',
    old: shop({ retired: [1007] }),
    next: shop({ errors: { 1007: GONE } }),
    there: ['breaking 1007 code-reused was retired. Give the error a code of its own.'],
    back: [
      'breaking 1007 code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
  },
  {
    title: 'a code that was deprecated, and is not retired',
    old: shop(error(10003, { deprecated: true })),
    next: shop({ errors: { 10003: undefined } }),
    there: ['breaking 10003 code-removed may come to mean something else. List it in retired.'],
    back: ['safe 10003 code-added is new'],
  },
  {
    title: 'a code that was deprecated, and is retired',
    old: shop(error(10003, { deprecated: true })),
    next: shop({ errors: { 10003: undefined }, retired: [10003] }),
    there: ['risky 10003 code-removed was deprecated, and is retired'],
    back: ['breaking 10003 code-reused was retired. Give the error a code of its own.'],
  },
  {
    title: 'a code that is retired without having been deprecated',
    old: shop(),
    next: shop({ errors: { 10003: undefined }, retired: [10003] }),
    there: [
      'breaking 10003 code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
    back: ['breaking 10003 code-reused was retired. Give the error a code of its own.'],
  },
  {
    title: 'another number',
    old: shop(),
    next: shop({ errors: { 10003: undefined, 20003: ERRORS[10003] } }),
    there: ['breaking 10003 code-renamed is 20003 now; clients know it by its code'],
    back: ['breaking 20003 code-renamed is 10003 now; clients know it by its code'],
  },
  {
    title: 'another code of the same key',
    old: only({ GONE: { code: 10003, ...GONE } }),
    next: only({ GONE: { code: 20003, ...GONE } }),
    there: ['breaking 10003 code-renamed is 20003 now; clients know it by its code'],
    back: ['breaking 20003 code-renamed is 10003 now; clients know it by its code'],
  },
  {
    title: 'two codes that are swapped',
    old: shop(),
    next: shop({ errors: { 10001: ERRORS[10003], 10003: ERRORS[10001] } }),
    there: [
      'breaking 10001 code-renamed is 10003 now; clients know it by its code',
      'breaking 10003 code-renamed is 10001 now; clients know it by its code',
    ],
    back: [
      'breaking 10001 code-renamed is 10003 now; clients know it by its code',
      'breaking 10003 code-renamed is 10001 now; clients know it by its code',
    ],
  },
  {
    title: 'numbers that move on by one',
    old: shop(),
    next: shop({
      errors: {
        10001: { status: 404, message: 'Shop not found' },
        10002: ERRORS[10001],
        10003: ERRORS[10002],
        10004: ERRORS[10003],
      },
    }),
    there: [
      'breaking 10001 code-renamed is 10002 now; clients know it by its code',
      'breaking 10001 code-reused stood for another error. Give new errors codes of their own.',
      'breaking 10002 code-renamed is 10003 now; clients know it by its code',
      'breaking 10003 code-renamed is 10004 now; clients know it by its code',
    ],
    back: [
      'breaking 10001 code-reused stands for another error now. Give new errors codes of their own.',
      'breaking 10002 code-renamed is 10001 now; clients know it by its code',
      'breaking 10003 code-renamed is 10002 now; clients know it by its code',
      'breaking 10004 code-renamed is 10003 now; clients know it by its code',
    ],
  },
  {
    title: 'a number that another key takes over',
    old: only({ GONE: { code: 10003, ...GONE } }),
    next: only({
      GONE: { code: 10004, ...GONE },
      SOLD_OUT: { code: 10003, status: 409, message: 'Sold out' },
    }),
    there: [
      'breaking 10003 code-renamed is 10004 now; clients know it by its code',
      'breaking 10003 code-reused stood for another error. Give new errors codes of their own.',
    ],
    back: [
      'breaking 10003 code-reused is GONE now. Give new errors codes of their own.',
      'breaking 10004 code-renamed is 10003 now; clients know it by its code',
    ],
  },
  {
    title: 'the first word among numbers',
    old: shop(),
    next: shop({ errors: { GONE: { status: 404, message: 'No longer sold' } } }),
    there: [
      'breaking - code-type codes were numbers, and are words, too: "GONE". Clients decode the one type alone.',
      'safe GONE code-added is new',
    ],
    back: [
      'breaking GONE code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
  },
  {
    title: 'words where numbers were',
    old: only({ GONE: { code: 10003, ...GONE } }, { envelope: 'nested' }),
    next: only({ GONE: { code: '10003', ...GONE } }, { envelope: 'nested' }),
    there: [
      'breaking - code-type codes were numbers, and are words now. Clients decode the one type alone.',
      'breaking - foreign-status foreign errors of status 400, 401, 402, 403 and 29 more have the words of the status, had the number of the status',
    ],
    back: [
      'breaking - code-type codes were words, and are numbers now. Clients decode the one type alone.',
      'breaking - foreign-status foreign errors of status 400, 401, 402, 403 and 29 more have the number of the status, had the words of the status',
    ],
  },
  {
    title: 'a number and a word that are written alike, and swapped',
    old: only({ A: { code: '1', ...GONE }, B: { code: 1, status: 404, message: 'Lost' } }),
    next: only({ A: { code: 1, ...GONE }, B: { code: '1', status: 404, message: 'Lost' } }),
    there: [
      'breaking 1 code-renamed is "1" now; clients know it by its code',
      'breaking 1 code-renamed is 1 now; clients know it by its code',
    ],
    back: [
      'breaking 1 code-renamed is "1" now; clients know it by its code',
      'breaking 1 code-renamed is 1 now; clients know it by its code',
    ],
  },
  {
    title: 'one more key of a code',
    old: only({ GONE: { code: 10003, ...GONE } }),
    next: only({ GONE: { code: 10003, ...GONE }, LOST: { code: 10003, status: 410, message: 'Lost' } }),
    there: ['safe 10003 key-added LOST has this code, too'],
    back: ['risky 10003 key-removed LOST is gone; the code is that of GONE alone'],
  },
  {
    title: 'one more key of a code, with another status',
    old: only({ GONE: { code: 10003, ...GONE } }),
    next: only({ GONE: { code: 10003, ...GONE }, LOST: { code: 10003, status: 404, message: 'Lost' } }),
    options: { codegen: true },
    there: ['risky 10003 key-added LOST has this code, too, with the status 404'],
    back: ['breaking 10003 key-removed LOST is gone; the code is that of GONE alone'],
  },
  {
    title: 'another key',
    old: only({ GONE: { code: 10003, ...GONE } }),
    next: only({ NO_LONGER_SOLD: { code: 10003, ...GONE } }),
    there: ["risky 10003 key GONE is called NO_LONGER_SOLD: constants and translators' files have the key"],
    back: ["risky 10003 key NO_LONGER_SOLD is called GONE: constants and translators' files have the key"],
  },
  {
    title: 'another key, where code of clients is generated',
    old: only({ GONE: { code: 10003, ...GONE } }),
    next: only({ NO_LONGER_SOLD: { code: 10003, ...GONE } }),
    options: { codegen: true },
    there: [
      "breaking 10003 key GONE is called NO_LONGER_SOLD: constants and translators' files have the key",
    ],
    back: ["breaking 10003 key NO_LONGER_SOLD is called GONE: constants and translators' files have the key"],
  },
  {
    title: 'keys where codes were',
    old: only({ 10003: GONE }),
    next: only({ GONE: { code: 10003, ...GONE } }),
    there: ["risky 10003 key 10003 is called GONE: constants and translators' files have the key"],
    back: ["risky 10003 key GONE is called 10003: constants and translators' files have the key"],
  },
  {
    title: 'a code that is retired without having been used',
    old: shop(),
    next: shop({ retired: [9] }),
    there: ['safe 9 retired-added is retired'],
    back: ['breaking 9 retired-removed is no longer retired, and may come to mean something else'],
  },

  // what an error is answered with
  {
    title: 'another status',
    old: shop(),
    next: shop(error(10001, { status: 410 })),
    there: ['breaking 10001 status 404 is 410'],
    back: ['breaking 10001 status 410 is 404'],
  },
  {
    title: 'a status of another class',
    old: shop(),
    next: shop(error(10001, { status: 503 })),
    there: ["breaking 10001 status 404 is 503, the server's fault"],
    back: ["breaking 10001 status 503 is 404, the client's fault"],
  },
  {
    title: 'another status, where all answers have 200',
    old: shop({ httpStatus: 200 }),
    next: shop({ httpStatus: 200, ...error(10001, { status: 410 }) }),
    there: ['docs 10001 status 404 is 410, and answers are the same'],
    back: ['docs 10001 status 410 is 404, and answers are the same'],
  },
  {
    title: 'another status by a function',
    old: shop({ errors: { 10002: undefined }, handler: { httpStatus: () => 400 } }),
    next: shop({
      errors: { 10002: undefined },
      handler: { httpStatus: ({ code }: { code: number }) => (code === 10001 ? 404 : 400) },
    }),
    there: ['breaking 10001 status 400 is 404'],
    back: ['breaking 10001 status 404 is 400'],
  },
  {
    title: 'a parent in flat',
    old: shop({ errors: PARENTS }),
    next: shop({ errors: { ...PARENTS, 10001: { ...ERRORS[10001], parent: 404 } } }),
    there: ['docs 10001 parent refines 404'],
    back: ['docs 10001 parent refines no other code now, was 404'],
  },
  {
    title: 'a parent in composite',
    old: shop({ envelope: 'composite', errors: PARENTS }),
    next: shop({ envelope: 'composite', errors: { ...PARENTS, 10001: { ...ERRORS[10001], parent: 404 } } }),
    there: ['breaking 10001 parent refines 404: the code that clients read'],
    back: ['breaking 10001 parent refines no other code now, was 404: the code that clients read'],
  },
  {
    title: 'another parent in two-level',
    old: shop({ envelope: 'two-level', errors: { ...PARENTS, 10001: { ...ERRORS[10001], parent: 400 } } }),
    next: shop({ envelope: 'two-level', errors: { ...PARENTS, 10001: { ...ERRORS[10001], parent: 404 } } }),
    there: ['breaking 10001 parent refines 404, was 400: the code that clients read'],
    back: ['breaking 10001 parent refines 400, was 404: the code that clients read'],
  },
  {
    title: 'another parent of a parent',
    old: shop({ envelope: 'two-level', errors: { ...PARENTS, 10001: { ...ERRORS[10001], parent: 404 } } }),
    next: shop({
      envelope: 'two-level',
      errors: { ...PARENTS, 404: { ...PARENTS[404], parent: 400 }, 10001: { ...ERRORS[10001], parent: 404 } },
    }),
    there: [
      'breaking 404 parent refines 400: the code that clients read',
      'breaking 10001 parent refines 400, was 404: the code that clients read',
    ],
    back: [
      'breaking 404 parent refines no other code now, was 400: the code that clients read',
      'breaking 10001 parent refines 404, was 400: the code that clients read',
    ],
  },
  {
    title: 'another number of a parent',
    old: shop({ envelope: 'composite', errors: { ...PARENTS, 10001: { ...ERRORS[10001], parent: 404 } } }),
    next: shop({
      envelope: 'composite',
      errors: { 400: PARENTS[400], 4040: PARENTS[404], 10001: { ...ERRORS[10001], parent: 4040 } },
    }),
    there: [
      'breaking - foreign-status foreign errors of status 404 have the code 400, had the code 404',
      'breaking 404 code-renamed is 4040 now; clients know it by its code',
    ],
    back: [
      'breaking - foreign-status foreign errors of status 404 have the code 404, had the code 400',
      'breaking 4040 code-renamed is 404 now; clients know it by its code',
    ],
  },
  {
    title: 'an error that may be tried again',
    old: shop(),
    next: shop(error(10002, { retryable: true })),
    there: ['safe 10002 retryable-added may be tried again'],
    back: ['risky 10002 retryable-removed may not be tried again any more'],
  },
  {
    title: 'a Retry-After',
    old: shop(error(10002, { retryable: true })),
    next: shop(error(10002, { retryable: true, retryAfter: 30 })),
    there: ['safe 10002 retry-after-added Retry-After: 30'],
    back: ['risky 10002 retry-after-removed Retry-After: 30 is no longer sent'],
  },
  {
    title: 'another Retry-After',
    old: shop(error(10002, { retryable: true, retryAfter: 60 })),
    next: shop(error(10002, { retryable: true, retryAfter: 30 })),
    there: ['safe 10002 retry-after Retry-After: 60 is 30'],
    back: ['safe 10002 retry-after Retry-After: 30 is 60'],
  },
  {
    title: 'a challenge of an error',
    old: only({ 401: { status: 401, message: 'Log in' } }),
    next: only({ 401: { status: 401, message: 'Log in', challenge: 'Bearer' } }),
    there: ['safe 401 challenge-added WWW-Authenticate: Bearer'],
    back: ['breaking 401 challenge-removed WWW-Authenticate: Bearer is gone'],
  },
  {
    title: 'another scheme of an error',
    old: only({ 401: { status: 401, message: 'Log in', challenge: 'Basic realm="a, Bearer"' } }),
    next: only({ 401: { status: 401, message: 'Log in', challenge: 'Bearer' } }),
    there: ['breaking 401 challenge-removed WWW-Authenticate: Basic realm="a, Bearer" is Bearer'],
    back: ['breaking 401 challenge-removed WWW-Authenticate: Bearer is Basic realm="a, Bearer"'],
  },
  {
    title: 'one more scheme',
    old: only({ 401: { status: 401, message: 'Log in', challenge: 'Bearer realm="a"' } }),
    next: only({ 401: { status: 401, message: 'Log in', challenge: 'Bearer realm="a", DPoP algs="ES256"' } }),
    there: [
      'safe 401 challenge-added WWW-Authenticate: Bearer realm="a" is Bearer realm="a", DPoP algs="ES256"',
    ],
    back: [
      'breaking 401 challenge-removed WWW-Authenticate: Bearer realm="a", DPoP algs="ES256" is Bearer realm="a"',
    ],
  },
  {
    title: 'other params of a scheme',
    old: only({ 401: { status: 401, message: 'Log in', challenge: 'Bearer realm="a"' } }),
    next: only({ 401: { status: 401, message: 'Log in', challenge: 'Bearer realm="b"' } }),
    there: ['risky 401 challenge WWW-Authenticate: Bearer realm="a" is Bearer realm="b"'],
    back: ['risky 401 challenge WWW-Authenticate: Bearer realm="b" is Bearer realm="a"'],
  },
  {
    title: "a challenge of an error that is the catalog's",
    old: only({ 401: { status: 401, message: 'Log in' } }, { challenge: 'Bearer' }),
    next: only({ 401: { status: 401, message: 'Log in', challenge: 'Bearer' } }, { challenge: 'Bearer' }),
    there: ['docs 401 challenge-added WWW-Authenticate: Bearer, and answers are the same'],
    back: ['docs 401 challenge-removed WWW-Authenticate: Bearer is gone, and answers are the same'],
  },
  {
    title: 'a header',
    old: shop(),
    next: shop(error(10001, { headers: { 'X-Reason': 'id' } })),
    there: ['safe 10001 header-added X-Reason: id'],
    back: ['risky 10001 header-removed X-Reason: id is gone'],
  },
  {
    title: 'another header',
    old: shop(error(10001, { headers: { 'X-Reason': 'id' } })),
    next: shop(error(10001, { headers: { 'x-reason': 'name' } })),
    there: ['risky 10001 header x-reason: id is name'],
    back: ['risky 10001 header X-Reason: name is id'],
  },
  {
    title: 'a header that takes the place of ours',
    old: shop(),
    next: shop(error(10001, { headers: { 'Cache-Control': 'max-age=60' } })),
    there: ['risky 10001 header Cache-Control: no-store is max-age=60'],
    back: ['risky 10001 header Cache-Control: max-age=60 is no-store'],
  },
  {
    title: 'an action in problem',
    old: shop({ envelope: 'problem' }),
    next: shop({ envelope: 'problem', ...error(10001, { action: 'Check the id' }) }),
    there: ['safe 10001 action-added says what to do'],
    back: ['risky 10001 action-removed no longer says what to do'],
  },
  {
    title: 'an action in flat',
    old: shop(),
    next: shop(error(10001, { action: 'Check the id' })),
    there: ['docs 10001 action-added says what to do'],
    back: ['docs 10001 action-removed no longer says what to do'],
  },
  {
    title: 'meta that nobody is sent',
    old: shop(),
    next: shop(error(10001, { meta: { type: 'card_error' } })),
    there: ['docs 10001 meta meta is {"type":"card_error"}, was none'],
    back: ['docs 10001 meta meta is none, was {"type":"card_error"}'],
  },
  {
    title: 'meta that an envelope of its own may send',
    old: shop({ envelope: own }),
    next: shop({ envelope: own, ...error(10001, { meta: { type: 'card_error' } }) }),
    there: ['risky 10001 meta meta is {"type":"card_error"}, was none, which the envelope may send'],
    back: ['risky 10001 meta meta is none, was {"type":"card_error"}, which the envelope may send'],
  },
  {
    title: 'meta in another order',
    old: shop(error(10001, { meta: { a: 1, b: 2 } })),
    next: shop(error(10001, { meta: { b: 2, a: 1 } })),
    there: [],
    back: [],
  },
  {
    title: 'another module',
    old: shop({ modules: { stock: '10000-19999' } }),
    next: shop({ modules: { orders: '10003', stock: '10000-10002' } }),
    there: [
      'docs - modules module stock has 10000-10002',
      'docs - modules module orders is new',
      'docs 10003 module is in orders, was in stock',
    ],
    back: [
      'docs - modules module orders is gone',
      'docs - modules module stock has 10000-19999',
      'docs 10003 module is in stock, was in orders',
    ],
  },
  {
    title: 'a parent, an action and a module that an envelope of its own may send',
    old: shop({ envelope: own, errors: PARENTS }),
    next: shop({
      envelope: own,
      modules: { stock: '10001' },
      errors: { ...PARENTS, 10001: { ...ERRORS[10001], parent: 404, action: 'Check the id' } },
    }),
    there: [
      'risky 10001 parent refines 404',
      'risky 10001 module is in stock, was in none',
      'docs - modules module stock is new',
      'docs 10001 action-added says what to do',
    ],
    back: [
      'risky 10001 parent refines no other code now, was 404',
      'risky 10001 action-removed no longer says what to do',
      'risky 10001 module is in no module, was in stock',
      'docs - modules module stock is gone',
    ],
  },
  {
    title: 'an error that is deprecated',
    old: shop(),
    next: shop(error(10003, { deprecated: { use: 10001 } })),
    there: ['safe 10003 deprecated is deprecated. Use 10001.'],
    back: ['safe 10003 deprecated is no longer deprecated'],
  },

  // texts
  {
    title: 'a message',
    old: shop(),
    next: shop(error(10001, { message: 'No such product' })),
    there: ['docs 10001 text message (en) reworded'],
    back: ['docs 10001 text message (en) reworded'],
  },
  {
    title: 'title, description and action',
    old: shop(error(10001, { title: 'a', description: 'b', action: 'c' })),
    next: shop(error(10001, { title: 'A', description: 'B', action: 'C' })),
    there: ['docs 10001 text title (en), description (en) and action (en) reworded'],
    back: ['docs 10001 text title (en), description (en) and action (en) reworded'],
  },
  {
    title: 'translations',
    old: shop({ locales: { de: { shop: { 10001: { message: 'Kein Produkt' } } } } }),
    next: shop({
      locales: {
        de: {
          shop: {
            10001: { message: 'Kein Produkt', action: 'Prüfen' },
            10003: { message: 'Keine Bestellung' },
          },
        },
      },
    }),
    there: ['docs 10001 text action (de) added', 'docs 10003 text message (de) added'],
    back: ['docs 10001 text action (de) removed', 'docs 10003 text message (de) removed'],
  },
  {
    title: 'a param',
    old: shop(),
    next: shop(error(10002, { message: 'Only {{left}} of {{product}} left' })),
    there: ['docs 10002 param-added {{product}} is a new param', 'docs 10002 text message (en) reworded'],
    back: [
      'docs 10002 param-removed {{product}} is no param any more',
      'docs 10002 text message (en) reworded',
    ],
  },
  {
    title: 'a param that clients are sent',
    old: shop({ handler: { reveal: { params: true } } }),
    next: shop({
      handler: { reveal: { params: true } },
      ...error(10002, { message: 'Only {{left}} of {{product}} left' }),
    }),
    there: [
      'breaking 10002 param-added {{product}} is a new param, which clients are sent',
      'docs 10002 text message (en) reworded',
    ],
    back: [
      'breaking 10002 param-removed {{product}} is no param any more, which clients are sent',
      'docs 10002 text message (en) reworded',
    ],
  },
  {
    title: 'a param that an envelope of its own may send',
    old: shop({ envelope: own }),
    next: shop({ envelope: own, ...error(10002, { message: 'Only {{left}} of {{product}} left' }) }),
    there: ['risky 10002 param-added {{product}} is a new param', 'docs 10002 text message (en) reworded'],
    back: [
      'risky 10002 param-removed {{product}} is no param any more',
      'docs 10002 text message (en) reworded',
    ],
  },
  {
    title: 'examples',
    old: shop(),
    next: shop(error(10002, { examples: [{ left: 3 }] })),
    there: ['docs 10002 examples has other examples'],
    back: ['docs 10002 examples has other examples'],
  },

  // the catalog
  {
    title: 'another name',
    old: shop(),
    next: shop({ name: 'store' }),
    there: ["risky - catalog-name shop is called store: types, translators' files and logs have the name"],
    back: ["risky - catalog-name store is called shop: types, translators' files and logs have the name"],
  },
  {
    title: 'another envelope',
    old: shop(),
    next: shop({ envelope: 'nested' }),
    there: [
      'breaking - envelope flat is nested: without code and message, with error.code, error.message and error.request_id',
    ],
    back: [
      'breaking - envelope nested is flat: without error.code, error.message and error.request_id, with code and message',
    ],
  },
  {
    title: 'another envelope that gives the same bodies',
    old: shop(),
    next: shop({ envelope: 'composite' }),
    there: ['docs - envelope flat is composite, and answers are the same'],
    back: ['docs - envelope composite is flat, and answers are the same'],
  },
  {
    title: 'another envelope of the catalog, under one of the handler',
    old: shop({ handler: { envelope: 'flat' } }),
    next: shop({ envelope: 'problem', handler: { envelope: 'flat' } }),
    there: [],
    back: [],
  },
  {
    title: 'a media type that can be asked for',
    old: shop(),
    next: shop({
      handler: { envelope: { 'application/json': 'flat', 'application/problem+json': 'problem' } },
    }),
    there: [
      'safe - envelope application/json (flat) and application/problem+json (problem) can be asked for',
    ],
    back: [
      'breaking - envelope application/json (flat) and application/problem+json (problem) can no longer be asked for: the content type is application/json; charset=utf-8, without type, title, status, detail and request_id, with message',
    ],
  },
  {
    title: 'a page for people',
    old: shop({ handler: { envelope: { 'application/json': 'flat' } } }),
    next: shop({ handler: { envelope: { 'application/json': 'flat', 'text/html': 'page' } } }),
    there: ['safe - envelope text/html (page) can be asked for'],
    back: [
      'breaking - envelope text/html (page) can no longer be asked for: the content type is application/json; charset=utf-8, with code and message',
    ],
  },
  {
    title: 'an envelope that nobody can read',
    old: shop(),
    next: shop({ envelope: own }),
    there: [
      "breaking - envelope flat is the app's own: a dump cannot show bodies that the app makes: compare them, or declare a schema",
    ],
    back: [
      "breaking - envelope the app's own is flat: a dump cannot show bodies that the app makes: compare them, or declare a schema",
    ],
  },
  {
    title: 'a schema',
    old: shop({ envelope: schema({ code: { type: 'integer' } }, ['code']) }),
    next: shop({ envelope: schema({ code: { type: 'string' } }, ['code']) }),
    there: ['breaking - envelope the schema of bodies is another one: another type of code'],
    back: ['breaking - envelope the schema of bodies is another one: another type of code'],
  },
  {
    title: 'one more member in a schema',
    old: shop({ envelope: schema({ code: { type: 'integer' } }, ['code']) }),
    next: shop({ envelope: schema({ code: { type: 'integer' }, text: {} }, ['code', 'text']) }),
    there: ['safe - envelope the schema of bodies is another one: with text'],
    back: ['breaking - envelope the schema of bodies is another one: without text'],
  },
  {
    title: 'a member that may be missing',
    old: shop({ envelope: schema({ code: {}, text: {} }, ['code', 'text']) }),
    next: shop({ envelope: schema({ code: {}, text: {} }, ['code']) }),
    there: ['breaking - envelope the schema of bodies is another one: text may be missing'],
    back: ['safe - envelope the schema of bodies is another one: always with text'],
  },
  {
    title: 'a remark in a schema',
    old: shop({ envelope: schema({ code: { description: 'a' } }, []) }),
    next: shop({ envelope: schema({ code: { description: 'b' } }, []) }),
    there: ['docs - envelope the schema of bodies is another one, in remarks alone'],
    back: ['docs - envelope the schema of bodies is another one, in remarks alone'],
  },
  {
    title: 'a word of a schema that is not judged',
    old: shop({ envelope: schema({ code: { pattern: 'a' } }, []) }),
    next: shop({ envelope: schema({ code: { pattern: 'b' } }, []) }),
    there: ['risky - envelope the schema of bodies is another one: another pattern of code'],
    back: ['risky - envelope the schema of bodies is another one: another pattern of code'],
  },
  {
    title: 'the status 200 for all',
    old: shop(),
    next: shop({ httpStatus: 200 }),
    there: [
      'breaking - http-status all answers have the status 200, which clients, proxies and monitors take for a success',
    ],
    back: ['breaking - http-status answers have the status of their error, where all had 200'],
  },
  {
    title: 'documentation in problem',
    old: shop({ envelope: 'problem' }),
    next: shop({ envelope: 'problem', handler: { docsUrl: 'https://a.example/errors/' } }),
    there: ['risky - docs-url documentation of all errors is linked: https://a.example/errors/10001'],
    back: [
      'risky - docs-url documentation of all errors is no longer linked, was at https://a.example/errors/10001',
    ],
  },
  {
    title: 'documentation in flat',
    old: shop(),
    next: shop({ handler: { docsUrl: 'https://a.example/errors/' } }),
    there: ['safe - docs-url documentation of all errors is linked: https://a.example/errors/10001'],
    back: [
      'risky - docs-url documentation of all errors is no longer linked, was at https://a.example/errors/10001',
    ],
  },
  {
    title: 'documentation elsewhere',
    old: shop({ handler: { docsUrl: 'https://a.example/errors/' } }),
    next: shop({ handler: { docsUrl: 'https://b.example/' } }),
    there: [
      'risky - docs-url documentation of all errors is at https://b.example/10001, was at https://a.example/errors/10001',
    ],
    back: [
      'risky - docs-url documentation of all errors is at https://a.example/errors/10001, was at https://b.example/10001',
    ],
  },
  {
    title: 'documentation of one error elsewhere, by a function',
    old: shop({
      errors: { 10002: undefined },
      handler: { docsUrl: ({ code }: { code: number }) => `https://a.example/${code}` },
    }),
    next: shop({
      errors: { 10002: undefined },
      handler: {
        docsUrl: ({ code }: { code: number }) => `https://a.example/${code === 10001 ? 'x' : code}`,
      },
    }),
    there: [
      'risky - docs-url documentation of 10001 is at https://a.example/x, was at https://a.example/10001',
    ],
    back: [
      'risky - docs-url documentation of 10001 is at https://a.example/10001, was at https://a.example/x',
    ],
  },
  {
    title: 'the same documentation by other means',
    old: shop({ errors: { 10002: undefined }, handler: { docsUrl: 'https://a.example/' } }),
    next: shop({
      errors: { 10002: undefined },
      handler: { docsUrl: ({ code }: { code: number }) => `https://a.example/${code}` },
    }),
    there: [],
    back: [],
  },
  {
    title: 'the code of a success',
    old: shop(),
    next: shop({ success: { code: 1, message: 'OK' } }),
    there: ['breaking - success a success has the code 1, was 0, by which clients know it'],
    back: ['breaking - success a success has the code 0, was 1, by which clients know it'],
  },
  {
    title: 'the code of a success that is not sent',
    old: shop({ envelope: 'problem' }),
    next: shop({ envelope: 'problem', success: { code: 1, message: 'OK' } }),
    there: ['docs - success a success has the code 1, was 0'],
    back: ['docs - success a success has the code 0, was 1'],
  },
  {
    title: 'the code of a success that an envelope of its own may send',
    old: shop({ envelope: own }),
    next: shop({ envelope: own, success: { code: 1, message: 'OK' } }),
    there: ['risky - success a success has the code 1, was 0'],
    back: ['risky - success a success has the code 0, was 1'],
  },
  {
    title: 'the message of a success',
    old: shop(),
    next: shop({ success: { code: 0, message: 'Done' } }),
    there: ['docs - success the message of a success is reworded'],
    back: ['docs - success the message of a success is reworded'],
  },
  {
    title: 'params that clients are sent',
    old: shop(),
    next: shop({ handler: { reveal: { params: true } } }),
    there: ['safe - reveal-params clients are sent params'],
    back: ['breaking - reveal-params clients are no longer sent params'],
  },
  {
    title: 'another language of the catalog',
    old: shop(),
    next: shop({ sourceLocale: 'en-GB' }),
    there: [
      'risky - source-locale the catalog is written in en-GB, was in en',
      'risky - locale-removed there are no texts in en any more',
      'safe - locale-added there are texts in en-GB',
    ],
    back: [
      'risky - source-locale the catalog is written in en, was in en-GB',
      'risky - locale-removed there are no texts in en-GB any more',
      'safe - locale-added there are texts in en',
    ],
  },
  {
    title: 'one more language',
    old: shop(),
    next: shop({ locales: { de: { shop: { 10001: { message: 'Kein Produkt' } } } } }),
    there: ['safe - locale-added there are texts in de'],
    back: ['risky - locale-removed there are no texts in de any more'],
  },
  {
    title: 'the challenge of every 401',
    old: shop(),
    next: shop({ challenge: 'Bearer' }),
    there: ['safe - challenge-added of every 401: WWW-Authenticate: Bearer'],
    back: ['breaking - challenge-removed of every 401: WWW-Authenticate: Bearer is gone'],
  },
  {
    title: 'another challenge of every 401',
    old: shop({ challenge: 'Bearer' }),
    next: shop({ challenge: 'Basic realm="shop"' }),
    there: ['breaking - challenge-removed of every 401: WWW-Authenticate: Bearer is Basic realm="shop"'],
    back: ['breaking - challenge-removed of every 401: WWW-Authenticate: Basic realm="shop" is Bearer'],
  },
  {
    title: 'a challenge of every 401, where all have 200',
    old: shop({ httpStatus: 200 }),
    next: shop({ httpStatus: 200, challenge: 'Bearer' }),
    there: ['safe - challenge-added of every 401: WWW-Authenticate: Bearer'],
    back: ['breaking - challenge-removed of every 401: WWW-Authenticate: Bearer is gone'],
  },
  {
    title: 'a module',
    old: shop(),
    next: shop({ modules: { other: { range: '1-9', title: 'Others' } } }),
    there: ['docs - modules module other is new'],
    back: ['docs - modules module other is gone'],
  },
  {
    title: 'the range and texts of modules',
    old: shop({ modules: { other: { range: '1-9', title: 'Others' }, more: '20-29' } }),
    next: shop({ modules: { other: { range: '1-9', title: 'Rest' }, more: '20-25' } }),
    there: ['docs - modules module other is reworded', 'docs - modules module more has 20-25'],
    back: ['docs - modules module other is reworded', 'docs - modules module more has 20-29'],
  },

  // foreign errors
  {
    title: 'another error for a status',
    old: shop({ foreign: { byStatus: { 404: 10001 } } }),
    next: shop({ foreign: { byStatus: { 404: 10003 } } }),
    there: ['breaking - foreign-status foreign errors of status 404 have the code 10003, had the code 10001'],
    back: ['breaking - foreign-status foreign errors of status 404 have the code 10001, had the code 10003'],
  },
  {
    title: 'an error for a class of statuses',
    old: shop({ errors: PARENTS, foreign: { byStatus: { 400: 404 } } }),
    next: shop({ errors: PARENTS }),
    there: [
      'breaking - foreign-status foreign errors of status 400, 401, 402, 403 and 22 more have the code 400, had the code 404',
    ],
    back: [
      'breaking - foreign-status foreign errors of status 400, 401, 402, 403 and 22 more have the code 404, had the code 400',
    ],
  },
  {
    title: 'the first error for a class of statuses',
    old: shop(),
    next: shop({ errors: { 400: PARENTS[400] } }),
    there: [
      'breaking - foreign-status foreign errors of status 401, 402, 403, 404 and 22 more have the code 400, had the number of the status',
      'risky 400 code-added brings the first 400',
    ],
    back: [
      'breaking - foreign-status foreign errors of status 401, 402, 403, 404 and 22 more have the number of the status, had the code 400',
      'breaking 400 code-removed was not deprecated before. Deprecate it first, then list it in retired.',
    ],
  },
  {
    title: 'another error for a condition',
    old: shop({
      errors: { 409: { status: 409, message: 'Exists' }, 410: { status: 409, message: 'Conflict' } },
      foreign: { byCondition: { 'already-exists': 409 } },
    }),
    next: shop({
      errors: { 409: { status: 409, message: 'Exists' }, 410: { status: 409, message: 'Conflict' } },
      foreign: { byCondition: { 'already-exists': 410 } },
    }),
    there: [
      'breaking - foreign-condition foreign errors for already-exists have the code 410, had the code 409',
    ],
    back: [
      'breaking - foreign-condition foreign errors for already-exists have the code 409, had the code 410',
    ],
  },
  {
    title: 'another code of the error for a status',
    old: only({ GONE: { code: 404, status: 404, message: 'a' } }),
    next: only(
      { GONE: { code: 4040, status: 404, message: 'a' } },
      { foreign: { byStatus: { 404: 'GONE' } } },
    ),
    there: ['breaking 404 code-renamed is 4040 now; clients know it by its code'],
    back: ['breaking 4040 code-renamed is 404 now; clients know it by its code'],
  },

  // conceal
  {
    title: 'an error that is concealed',
    old: shop(),
    next: shop({ handler: { conceal: [{ errors: [10003], as: 10001 }] } }),
    there: ['breaking 10003 conceal-added is answered as 10001: clients no longer see its code'],
    back: ['risky 10003 conceal-removed is told to clients, was answered as 10001'],
  },
  {
    title: 'an error that is concealed as another',
    old: shop({
      errors: { 10005: { status: 404, message: 'Nothing' } },
      handler: { conceal: [{ errors: [10003], as: 10001 }] },
    }),
    next: shop({
      errors: { 10005: { status: 404, message: 'Nothing' } },
      handler: { conceal: [{ errors: [10003], as: 10005 }] },
    }),
    there: ['breaking 10003 conceal is answered as 10005, was answered as 10001'],
    back: ['breaking 10003 conceal is answered as 10001, was answered as 10005'],
  },
  {
    title: 'a status that is concealed',
    old: shop(),
    next: shop({ handler: { conceal: { 404: 10001 } } }),
    there: ['breaking 10003 conceal-added is answered as 10001: clients no longer see its code'],
    back: ['risky 10003 conceal-removed is told to clients, was answered as 10001'],
  },
]
