import {
  ALONE,
  BIZERROR,
  CONSTANT,
  CONSTANT_LIMITED,
  DIRECT,
  envelope,
  JOB,
  PAGE,
  SUCCESS,
  type Expected,
} from './expected.ts'

/** A server that is measured. */
export interface Variant {
  readonly title: string
  /** `servers/<module>.js` */
  readonly module: string
  /** What its `create` is called with. */
  readonly options?: object
  readonly environment?: Readonly<Record<string, string>>
  /** What it must answer. */
  readonly expected: Expected
}

/** All that are measured; `goals.ts` says which beside which. */
export const VARIANTS = {
  raw: { title: 'node:http, the same answer as a constant', module: 'raw', expected: CONSTANT },
  'raw-again': { title: 'the same once more (A/A)', module: 'raw', expected: CONSTANT },
  'raw-throw': {
    title: 'the same, once a bare `Error` without frames was thrown and caught',
    module: 'raw',
    options: { throws: true },
    expected: CONSTANT,
  },
  bizerror: {
    title: '**bizerror without a framework**',
    module: 'bizerror',
    options: { headersBefore: false },
    expected: ALONE,
  },
  'bizerror-after': {
    title: '**bizerror without a framework**, after request id and limits',
    module: 'bizerror',
    options: { headersBefore: true },
    expected: BIZERROR,
  },

  'express-floor': {
    title: 'Express, the same answer as a constant to a throw',
    module: 'express-floor',
    expected: CONSTANT_LIMITED,
  },
  'express-floor-after': {
    title: 'Express, the same behind headers set before',
    module: 'express-floor',
    options: { headersBefore: true },
    expected: CONSTANT_LIMITED,
  },
  'express-direct': {
    title: 'Express, `res.status(409).json()` in English',
    module: 'express-direct',
    expected: DIRECT,
  },
  express: { title: '**bizerror on Express**', module: 'express-bizerror', expected: BIZERROR },
  'express-whole': {
    title: '**bizerror on Express**, with `requestId` and `notFound`',
    module: 'express-bizerror',
    options: { whole: true },
    expected: BIZERROR,
  },
  'express-stacks': {
    title: '**bizerror on Express**, stacks kept (development)',
    module: 'express-bizerror',
    environment: { NODE_ENV: 'development' },
    expected: BIZERROR,
  },
  'express-limited': {
    title: '**bizerror on Express**, `rateLimit` in memory',
    module: 'express-bizerror',
    options: { limited: true },
    expected: BIZERROR,
  },
  'express-cors': {
    title: '**bizerror on Express**, after cors',
    module: 'express-bizerror',
    options: { before: 'cors' },
    expected: {
      ...BIZERROR,
      headers: (locale: string) => ({ ...BIZERROR.headers(locale), vary: 'Origin, Accept-Language' }),
      others: ['access-control-allow-origin', 'access-control-allow-credentials'],
    },
  },
  'express-helmet': {
    title: '**bizerror on Express**, after helmet',
    module: 'express-bizerror',
    options: { before: 'helmet' },
    expected: {
      ...BIZERROR,
      others: [
        'content-security-policy',
        'cross-origin-opener-policy',
        'cross-origin-resource-policy',
        'origin-agent-cluster',
        'referrer-policy',
        'strict-transport-security',
        'x-dns-prefetch-control',
        'x-download-options',
        'x-frame-options',
        'x-permitted-cross-domain-policies',
        'x-xss-protection',
      ],
    },
  },
  'express-params': {
    title: '**bizerror on Express**, a text with two params',
    module: 'express-bizerror',
    options: { throws: 'params' },
    expected: {
      ...BIZERROR,
      body: (locale: string) => ({
        code: 10002,
        message: {
          en: 'Only 3 of tea left',
          de: 'Nur noch 3 von tea',
          'zh-TW': 'tea只剩3',
        }[locale],
      }),
    },
  },
  'express-nested': {
    title: '**bizerror on Express**, envelope `nested`',
    module: 'express-bizerror',
    options: { envelope: 'nested' },
    expected: envelope((code, message, id) => ({ error: { code, message, request_id: id } })),
  },
  'express-composite': {
    title: '**bizerror on Express**, envelope `composite`',
    module: 'express-bizerror',
    options: { envelope: 'composite' },
    expected: envelope((code, message) => ({ code, message })),
  },
  'express-two-level': {
    title: '**bizerror on Express**, envelope `two-level`',
    module: 'express-bizerror',
    options: { envelope: 'two-level' },
    expected: envelope((code, message) => ({ code, sub_code: null, message, data: null })),
  },
  'express-problem': {
    title: '**bizerror on Express**, envelope `problem`',
    module: 'express-bizerror',
    options: { envelope: 'problem' },
    expected: envelope(
      (code, message, id, action) => ({
        type: 'about:blank',
        title: message,
        status: 409,
        detail: message,
        code,
        action,
        request_id: id,
      }),
      'application/problem+json',
    ),
  },
  'express-by-hand': {
    title: 'Express, by hand with negotiator',
    module: 'express-by-hand',
    expected: JOB,
  },
  'express-http-errors': {
    title: 'Express, http-errors + i18next-http-middleware',
    module: 'express-i18next',
    options: { errors: 'http-errors' },
    expected: JOB,
  },
  'express-boom': {
    title: 'Express, boom + i18next-http-middleware',
    module: 'express-i18next',
    options: { errors: 'boom' },
    expected: JOB,
  },
  'express-default': { title: 'Express, its own error page', module: 'express-default', expected: PAGE },

  'koa-floor': {
    title: 'Koa, the same answer as a constant to a throw',
    module: 'koa-floor',
    expected: CONSTANT_LIMITED,
  },
  koa: { title: '**bizerror on Koa**', module: 'koa-bizerror', expected: BIZERROR },
  'koa-whole': {
    title: '**bizerror on Koa**, with `requestId`',
    module: 'koa-bizerror',
    options: { whole: true },
    expected: BIZERROR,
  },
  'koa-limited': {
    title: '**bizerror on Koa**, `rateLimit` in memory',
    module: 'koa-bizerror',
    options: { limited: true },
    expected: BIZERROR,
  },
  'koa-by-hand': { title: 'Koa, by hand with negotiator', module: 'koa-by-hand', expected: JOB },
  'koa-i18next': {
    title: 'Koa, `ctx.throw` + i18next-http-middleware',
    module: 'koa-i18next',
    expected: JOB,
  },

  'koa-success-bare': {
    title: 'Koa, a success behind a bare `try`/`catch`',
    module: 'koa-success',
    options: { handler: 'bare' },
    expected: SUCCESS,
  },
  'koa-success': {
    title: '**bizerror on Koa**, a success',
    module: 'koa-success',
    options: { handler: 'bizerror' },
    expected: SUCCESS,
  },

  'fastify-floor': {
    title: 'Fastify, the same answer as a constant to a throw',
    module: 'fastify-floor',
    expected: CONSTANT_LIMITED,
  },
  'fastify-plain': {
    title: 'Fastify, a constant answer to a new `Error`, with a new id',
    module: 'fastify-floor',
    options: { plain: true },
    expected: CONSTANT_LIMITED,
  },
  fastify: { title: '**bizerror on Fastify**', module: 'fastify-bizerror', expected: BIZERROR },
  'fastify-i18next': {
    title: 'Fastify, @fastify/error + i18next-http-middleware',
    module: 'fastify-i18next',
    expected: JOB,
  },

  'hono-floor': {
    title: 'Hono, the same answer as a constant to a throw',
    module: 'hono-floor',
    expected: CONSTANT_LIMITED,
  },
  'hono-plain': {
    title: 'Hono, a constant answer to a new `Error`, with a new id',
    module: 'hono-floor',
    options: { plain: true },
    expected: CONSTANT_LIMITED,
  },
  hono: { title: '**bizerror on Hono**', module: 'hono-bizerror', expected: BIZERROR },
  'hono-i18next': {
    title: 'Hono, HTTPException + hono/language + i18next',
    module: 'hono-i18next',
    expected: JOB,
  },

  'nest-floor': {
    title: 'Nest on Express, the same answer as a constant to a throw',
    module: 'nest-floor',
    options: { platform: 'express' },
    expected: CONSTANT_LIMITED,
  },
  'nest-plain': {
    title: 'Nest on Express, a constant answer to a new `Error`, with a new id',
    module: 'nest-floor',
    options: { platform: 'express', plain: true },
    expected: CONSTANT_LIMITED,
  },
  nest: {
    title: '**bizerror on Nest on Express**',
    module: 'nest-bizerror',
    options: { platform: 'express' },
    expected: BIZERROR,
  },
  'nest-i18n': {
    title: 'Nest on Express, HttpException + nestjs-i18n',
    module: 'nest-i18n',
    options: { platform: 'express' },
    expected: JOB,
  },
  'nest-fastify-floor': {
    title: 'Nest on Fastify, the same answer as a constant to a throw',
    module: 'nest-floor',
    options: { platform: 'fastify' },
    expected: CONSTANT_LIMITED,
  },
  'nest-fastify-plain': {
    title: 'Nest on Fastify, a constant answer to a new `Error`, with a new id',
    module: 'nest-floor',
    options: { platform: 'fastify', plain: true },
    expected: CONSTANT_LIMITED,
  },
  'nest-fastify': {
    title: '**bizerror on Nest on Fastify**',
    module: 'nest-bizerror',
    options: { platform: 'fastify' },
    expected: BIZERROR,
  },
  'nest-fastify-i18n': {
    title: 'Nest on Fastify, HttpException + nestjs-i18n',
    module: 'nest-i18n',
    options: { platform: 'fastify' },
    expected: JOB,
  },

  'web-floor': {
    title: 'a function of a `Request`, the same answer as a constant to a throw',
    module: 'web-floor',
    expected: CONSTANT,
  },
  'web-plain': {
    title: 'a function of a `Request`, a constant answer to a new `Error`, with a new id',
    module: 'web-floor',
    options: { plain: true },
    expected: CONSTANT,
  },
  web: {
    title: '**bizerror around a function of a `Request`**',
    module: 'web-bizerror',
    expected: ALONE,
  },
} as const satisfies Readonly<Record<string, Variant>>

export type VariantName = keyof typeof VARIANTS

/** Checks a name that was given on the command line. */
export function variantName(name: string): VariantName {
  if (Object.hasOwn(VARIANTS, name)) return name as VariantName
  throw new Error(`No variant is called ${name}: ${Object.keys(VARIANTS).join(', ')}`)
}
