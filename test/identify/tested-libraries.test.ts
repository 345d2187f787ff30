import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FAMILIES } from '../../src/identify/recognize.ts'

/**
 * The package that a test has to load for each name in the guide's table: itself, or one that throws its errors.
 * Node.js, the app and SDKs that are known by their shape are no packages.
 */
const LOADED: Readonly<Record<string, string | undefined>> = {
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
  Prisma: '@prisma/client/runtime/client',
  Sequelize: 'sequelize',
  TypeORM: 'typeorm',
  'Node.js': undefined,
  fetch: undefined,
  'aws-sdk 2': 'aws-sdk',
  OpenAI: 'openai4',
  '`AbortSignal.timeout`': undefined,
  '`AbortController`': undefined,
  Express: 'express',
  'the app': undefined,
}

/** `MongoDB (bson)` → bson, `Prisma, by its `errorCode`` → Prisma, `axios, got` → axios and got. */
function librariesOf(from: string): readonly string[] {
  const inBrackets = /\(([a-z][\w:-]+)\)/.exec(from)?.[1]
  if (inBrackets !== undefined) return [inBrackets]
  return from
    .replace(/ \((?:TLS|\d+)\)/, '')
    .replace(/(?:,| of| where) (?:by|of|else|where)\b.*|, else$|: a Response$/, '')
    .split(', ')
    .filter((name) => !/^an? /.test(name))
}

const libraries = [
  ...new Set(FAMILIES.flatMap(({ rules }) => rules.flatMap(({ from }) => librariesOf(from)))),
]

const IMPORTED = /(?:\bfrom|\bimport\(|\)\(|\brequire\(|getBuiltinModule\() ?'(?<name>[^.'][^']*)'/g

const HERE = import.meta.dirname

/** All that the tests of recognition and of whose fault an error is import. */
const loaded = new Set(
  [HERE, `${HERE}/../foreign`, `${HERE}/../reliability`]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => !file.startsWith('node_modules'))
        .map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => Array.from(readFileSync(file, 'utf8').matchAll(IMPORTED)))
    .map(({ groups }) => groups!['name']!),
)

describe('the real package is loaded by a test of', () => {
  test.each(libraries)('%s', (library) => {
    const name = Object.hasOwn(LOADED, library) ? LOADED[library] : library
    if (name !== undefined) expect([...loaded]).toContain(name)
  })

  test('each library in the list above that the guide names, and no other', () => {
    expect(Object.keys(LOADED).filter((name) => !libraries.includes(name))).toEqual([])
  })
})
