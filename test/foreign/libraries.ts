import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compare } from 'semver'
import { FAMILIES } from '../../src/identify/recognize.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The folders that have an install of their own, of which a library may be. */
export const INSTALLS: readonly string[] = [ROOT, `${ROOT}test/foreign/`]

/**
 * What a test has to import for each name in the guide's table: itself, or what throws its errors. Node.js, the app and
 * SDKs that are known by their shape are no packages.
 */
export const IMPORTED_AS: Readonly<Record<string, string | undefined>> = {
  'body-parser': 'express',
  '`express.json`': 'express',
  'co-body': '@koa/bodyparser',
  formidable: 'koa-body',
  zlib: undefined,
  'ecdsa-sig-formatter': 'jsonwebtoken',
  jws: 'jsonwebtoken',
  '`ctx.throw`': 'koa',
  '`send`': 'express',
  mysql2: 'mysql2/promise',
  'node:sqlite': 'node:sqlite',
  bson: 'mongodb',
  Knex: 'knex',
  Kysely: 'kysely',
  MikroORM: '@mikro-orm/postgresql',
  Prisma: '@prisma/client/runtime/client',
  Sequelize: 'sequelize',
  TypeORM: 'typeorm',
  'Node.js': undefined,
  fetch: undefined,
  'aws-sdk 2': 'aws-sdk',
  '@aws-sdk': '@aws-sdk/client-s3',
  OpenAI: 'openai4',
  'firebase-admin': 'firebase-admin/app',
  '`AbortSignal.timeout`': undefined,
  '`AbortController`': undefined,
  Express: 'express',
  'the app': undefined,
}

/** `MongoDB (bson)` → bson, `Prisma, by its `errorCode`` → Prisma, `axios, got` → axios and got. */
export function librariesOf(from: string): readonly string[] {
  const inBrackets = /\(([a-z@][\w:/-]+)\)/.exec(from)?.[1]
  if (inBrackets !== undefined) return [inBrackets]
  return from
    .replace(/ \((?:TLS|\d+)\)/, '')
    .replace(/(?:,| of| where) (?:by|of|else|where)\b.*|, else$|: a Response$/, '')
    .split(', ')
    .filter((name) => !/^an? /.test(name))
}

/** The names of all libraries whose errors are recognized. */
export const libraries: readonly string[] = [
  ...new Set(FAMILIES.flatMap(({ rules }) => rules.flatMap(({ from }) => librariesOf(from)))),
]

/** The package of a library, where it is one. */
export function packageOf(library: string): string | undefined {
  if (versionsOf(library).length > 0) return library
  const imported = Object.hasOwn(IMPORTED_AS, library) ? IMPORTED_AS[library] : library
  if (imported === undefined || imported.startsWith('node:')) return undefined
  return imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/')
}

interface Lock {
  /** The first is the folder's own. */
  readonly packages: Readonly<
    Record<string, { readonly name?: string; readonly version?: string; readonly dependencies?: object }>
  >
}

/** Of the install in this folder, what the tests import from there. Of the other, what is theirs besides. */
const installed = INSTALLS.flatMap((folder) => {
  const { packages } = JSON.parse(readFileSync(`${folder}package-lock.json`, 'utf8')) as Lock
  const direct = folder === ROOT ? undefined : new Set(Object.keys(packages['']?.dependencies ?? {}))
  return Object.entries(packages).flatMap(([path, { name, version }]) => {
    const alias = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1]
    if (alias === undefined || version === undefined || direct?.has(alias) === false) return []
    return [{ names: [alias, name], version }]
  })
})

/** The versions of a package that are installed beside the tests, the newest first. */
export function versionsOf(name: string): readonly string[] {
  const versions = installed.filter(({ names }) => names.includes(name)).map(({ version }) => version)
  return [...new Set(versions)].toSorted(compare).toReversed()
}
