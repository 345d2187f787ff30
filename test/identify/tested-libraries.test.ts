import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { IMPORTED_AS, libraries } from '../foreign/libraries.ts'

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
    .map(({ groups }) => groups!['name']!)
    // A part of a package is of the real package, too.
    .flatMap((name) => [name, name.split('/', name.startsWith('@') ? 2 : 1).join('/')]),
)

describe('the real package is loaded by a test of', () => {
  test.each(libraries)('%s', (library) => {
    const name = Object.hasOwn(IMPORTED_AS, library) ? IMPORTED_AS[library] : library
    if (name !== undefined) expect([...loaded]).toContain(name)
  })

  test('each library that is imported by another name, and no other', () => {
    expect(Object.keys(IMPORTED_AS).filter((name) => !libraries.includes(name))).toEqual([])
  })
})
