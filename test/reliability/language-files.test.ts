import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { built } from '../support/built.ts'
import { express5, frameworks, type Framework, type Route } from '../support/frameworks.ts'
import type { RawRequest } from '../support/raw.ts'
import { pipeline, serving } from '../support/apps.ts'

const errors = { 1: { status: 409, message: 'Taken' } } as const
const shop = defineCatalog({ name: 'shop', errors })
const german = '{"1": {"message": "Schon vergeben, größer"}}'

const temporary: string[] = []
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true })
})

/** Makes a folder of locales in which `put` has put something in the place of the German file. */
function folderWith(put: (file: string) => void, name = 'shop'): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'files-'))
  temporary.push(folder)
  const file = join(folder, 'de', `${name}.json`)
  mkdirSync(dirname(file))
  put(file)
  return { folder, file }
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le')
}

/** What a person or a machine may leave in the place of a file of texts, and what is said of it. */
const unusable: Readonly<Record<string, readonly [put: (file: string) => void, said: RegExp]>> = {
  'a FIFO': [(file) => execFileSync('mkfifo', [file]), /is no regular file\. Put/],
  'a device without end': [(file) => symlinkSync('/dev/zero', file), /is no regular file\. Put/],
  'an empty device': [(file) => symlinkSync('/dev/null', file), /is no regular file\. Put/],
  'a folder': [(file) => mkdirSync(file), /is no regular file\. Put/],
  'a link to itself': [(file) => symlinkSync(file, file), /was not read: ELOOP/],
  'a link that leads nowhere': [(file) => symlinkSync('nowhere', file), /was not read: ENOENT/],
  'a text in Latin-1': [
    (file) => writeFileSync(file, german, 'latin1'),
    /is in another encoding\. Save it in UTF-8/,
  ],
  'a text in UTF-16': [
    (file) => writeFileSync(file, utf16(`\uFEFF${german}`)),
    /is in UTF-16\. Save it in UTF-8/,
  ],
  'a text in big-endian UTF-16': [
    (file) => writeFileSync(file, utf16(`\uFEFF${german}`).swap16()),
    /is in UTF-16\. Save/,
  ],
  'a text in UTF-16 without a mark': [(file) => writeFileSync(file, utf16(german)), /is in UTF-16\. Save/],
  'a text that was cut inside a letter': [
    (file) => writeFileSync(file, Buffer.from(german).subarray(0, german.indexOf('ö') + 1)),
    /is in another encoding\. Save/,
  ],
  'a surrogate in UTF-8': [
    (file) => writeFileSync(file, Buffer.concat([Buffer.from('{"1":"'), Buffer.from([0xed, 0xa0, 0x80])])),
    /is in another encoding\. Save/,
  ],
  binary: [(file) => writeFileSync(file, Buffer.from([0, 255, 254, 1, 2])), /is in another encoding\. Save/],
  'a file of more than 64 MiB': [
    (file) => {
      writeFileSync(file, german)
      truncateSync(file, 67_108_865)
    },
    /has 67108865 bytes\. Give at most 67108864/,
  ],
}

/** Asks one server in German several times. `between` runs after the set-up. */
async function askedInGerman(
  framework: Framework,
  options: object,
  route: Route,
  between: () => void = () => {},
): Promise<{ readonly said: readonly string[]; readonly warnings: readonly string[] }> {
  const warnings: string[] = []
  const listener = framework.listener({
    options: {
      catalog: shop,
      logger: { error: () => {}, warn: (_record, message) => warnings.push(message) },
      ...options,
    },
    routes: { '/': route },
  })
  between()
  const request: RawRequest = { path: '/', headers: { 'Accept-Language': 'de' } }
  const responses = await serving(listener, (port) => pipeline(port, [request, request, request]))
  const said = responses.map(
    (response) => (JSON.parse(response.slice(response.indexOf('\r\n\r\n'))) as { message: string }).message,
  )
  return { said, warnings }
}

function throwing(make: () => unknown): Route {
  return () => {
    throw make()
  }
}

describe('S06. Language files', () => {
  for (const [index, [what, [put, said]]] of Object.entries(unusable).entries()) {
    // No framework knows of files: they take turns.
    const framework = frameworks[index % frameworks.length]!

    test(`S06: ${what} in the place of a file is refused at set-up, by its name`, () => {
      const { folder, file } = folderWith(put)
      const setUp = (): unknown =>
        framework.listener({ options: { catalog: shop, locales: folder }, routes: {} })
      expect(setUp).toThrow(SetupError)
      expect(setUp).toThrow(said)
      expect(setUp).toThrow(file)
    })

    test(`S06: ${what} that is first met in a request costs its language alone, and is warned of once`, async () => {
      const { folder, file } = folderWith(put, 'late')
      const late = defineCatalog({ name: 'late', errors, locales: folder })
      const route = throwing(() => new late.BizError(1))
      const { said: messages, warnings } = await askedInGerman(framework, {}, route)
      expect(messages, framework.name).toEqual(['Taken', 'Taken', 'Taken'])
      expect(warnings, framework.name).toHaveLength(1)
      expect(warnings[0]).toMatch(said)
      expect(warnings[0]).toContain(file)
    })
  }

  test('S06: a file that becomes a FIFO after set-up blocks nobody', async () => {
    for (const framework of frameworks) {
      const { folder, file } = folderWith((file) => writeFileSync(file, german))
      const route = throwing(() => new shop.BizError(1))
      const { said, warnings } = await askedInGerman(framework, { locales: folder }, route, () => {
        rmSync(file)
        execFileSync('mkfifo', [file])
      })
      expect(said, framework.name).toEqual(['Taken', 'Taken', 'Taken'])
      expect(warnings, framework.name).toEqual([
        `${file} is no regular file. Put a file of texts in its place.`,
      ])
    }
  })

  test('S06: a language of a tag that cannot be used, first met in a request, costs no answer', async () => {
    const { folder } = folderWith((file) => writeFileSync(file, german))
    mkdirSync(join(folder, 'pt_BR'))
    writeFileSync(join(folder, 'pt_BR', 'late.json'), '{}')
    const late = defineCatalog({ name: 'late', errors })
    for (const framework of frameworks) {
      const route = throwing(() => new late.BizError(1))
      const { said, warnings } = await askedInGerman(framework, { locales: folder }, route)
      expect(said, framework.name).toEqual(['Taken', 'Taken', 'Taken'])
      expect(warnings[0]).toContain('Rename it to "pt-BR"')
    }
  })

  const usable: Readonly<Record<string, (file: string) => void>> = {
    'a file': (file) => writeFileSync(file, german),
    'a file with a byte order mark': (file) => writeFileSync(file, `\uFEFF${german}`),
    'a link to a file': (file) => {
      writeFileSync(`${file}.target`, german)
      symlinkSync(`${file}.target`, file)
    },
  }
  for (const [what, put] of Object.entries(usable)) {
    test(`S06: ${what} in UTF-8 is read`, async () => {
      const { folder } = folderWith(put)
      for (const framework of frameworks) {
        const route = throwing(() => new shop.BizError(1))
        const { said, warnings } = await askedInGerman(framework, { locales: folder }, route)
        expect(said, framework.name).toEqual(Array.from({ length: 3 }, () => 'Schon vergeben, größer'))
        expect(warnings, framework.name).toEqual([])
      }
    })
  }

  test('S06: what is no folder of a language may stand beside them', async () => {
    const { folder } = folderWith((file) => writeFileSync(file, german))
    writeFileSync(join(folder, 'README.md'), '# Texts')
    const route = throwing(() => new shop.BizError(1))
    const { said } = await askedInGerman(express5, { locales: folder }, route)
    expect(said[0]).toBe('Schon vergeben, größer')
  })
})

const catalogsProbe = built(new URL('catalogs-probe.ts', import.meta.url))

test('S06: catalogs that nobody holds any more are let go, with all that was remembered of them', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', catalogsProbe])
  expect(JSON.parse(stdout)).toEqual({
    'Express 5': { answered: 50, held: 0 },
    'Express 4': { answered: 50, held: 0 },
    'Koa 3': { answered: 50, held: 0 },
    'Koa 2': { answered: 50, held: 0 },
    describeError: { answered: 50, held: 0 },
  })
})
