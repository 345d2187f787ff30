import { describe, expect, test } from 'vitest'
import { project, SHOP } from './run.ts'

/** The codes have what is hard to name as a file: a slash, a device of Windows, names that differ by their case alone. */
const ODD = `
import { defineCatalog } from 'bizerror/catalog'
export const odd = defineCatalog({
  name: 'odd',
  errors: {
    SLASH: { code: 'a/b', status: 400, message: 'Slash' },
    LOWER: { code: 'abc', status: 400, message: 'Lower' },
    UPPER: { code: 'ABC', status: 400, message: 'Upper' },
    INDEX: { code: 'index', status: 400, message: 'Index' },
    DOTS: { code: '..', status: 400, message: 'Dots' },
    DEVICE: { code: 'con', status: 400, message: 'Device' },
  },
})
`

const GERMAN = SHOP.replace(
  "name: 'shop',",
  "name: 'shop', locales: { de: { shop: { GONE: { message: 'Nicht mehr da' } } } },",
)

describe('bizerror docs', () => {
  test('writes a page for each code, whose links are relative and lead somewhere, in every language', async () => {
    const { bizerror, files, read } = project({ 'errors.mjs': GERMAN })
    const ran = await bizerror(['docs', '-c', 'errors.mjs', '-o', 'out', '--title', 'Tea'])
    const written = files().filter((file) => file.startsWith('out/'))
    expect(ran).toEqual({ code: 0, out: '', err: `out: ${written.length} files\n` })
    expect(written).toEqual(
      expect.arrayContaining([
        'out/10002/index.html',
        'out/_/catalog.json',
        'out/_/de/10002/index.html',
        'out/_/de/index.html',
        'out/index.html',
      ]),
    )
    let links = 0
    for (const file of written.filter((each) => each.endsWith('.html'))) {
      for (const [, href] of read(file).matchAll(/(?:href|src)="([^"#]+)/g)) {
        const { pathname } = new URL(href!, `file:///${file}`)
        expect([file, written.includes(pathname.slice(1)) ? href : pathname]).toEqual([file, href])
        links++
      }
    }
    expect(links).toBeGreaterThan(200)
    expect(read('out/_/de/10003/index.html')).toContain('Nicht mehr da')
    expect(await bizerror(['docs', '-c', 'errors.mjs', '-o', 'out', '--title', 'Tea', '--check'])).toEqual({
      code: 0,
      out: '',
      err: '',
    })
  })

  test('writes links below --base as a server has them', async () => {
    const { bizerror, read } = project({ 'errors.mjs': SHOP })
    await bizerror(['docs', '-c', 'errors.mjs', '-o', 'out', '--base', '/errors'])
    expect(read('out/index.html')).toContain('href="/errors/10002/"')
    expect(read('out/10002/index.html')).toContain('href="/errors/"')
    await bizerror(['docs', '-c', 'errors.mjs', '-f', 'md', '-o', 'md', '--base', '/errors/'])
    expect(read('md/index.md')).toContain('](/errors/10002)')
    expect(read('md/10002.md')).toContain('](/errors/)')
  })

  test('names a file by any code', async () => {
    const { bizerror, files, read } = project({ 'errors.mjs': ODD })
    expect((await bizerror(['docs', '-c', 'errors.mjs', '-f', 'md', '-o', 'out', '-q'])).code).toBe(0)
    const names = files()
      .filter((file) => file.startsWith('out/'))
      .map((file) => file.slice('out/'.length))
    expect(names).toEqual(
      expect.arrayContaining(['a~2Fb.md', 'abc.md', 'ABC~~2.md', 'index~~2.md', '~..~.md', 'con~~2.md']),
    )
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
    for (const [, href] of read('out/index.md').matchAll(/\]\(([^)]+)\)/g)) expect(names).toContain(href)
  })

  test('--single prints one file, without what is hidden', async () => {
    const { bizerror } = project({ 'errors.mjs': SHOP })
    const args = ['docs', '-c', 'errors.mjs', '--single', '-o', '-', '--hide', '10003']
    const markdown = await bizerror([...args, '-f', 'md'])
    expect(markdown).toMatchObject({ code: 0, err: '' })
    expect(markdown.out).toContain('## `10002` Only &#123;&#123;left&#125;&#125; left')
    expect(markdown.out).not.toContain('No longer sold')
    const html = await bizerror(args)
    expect(html).toMatchObject({ code: 0, err: '' })
    expect(html.out).not.toMatch(/(?:src|href)="(?!#)/)
  })

  test('--check says what differs, and what is not there', async () => {
    const { bizerror, files } = project({ 'errors.mjs': SHOP })
    const args = ['docs', '-c', 'errors.mjs', '-f', 'md', '--single', '-o', 'out']
    expect(await bizerror([...args, '--check'])).toEqual({
      code: 1,
      out: 'out/index.md is not there. Run bizerror docs.\n',
      err: '',
    })
    expect(files()).toEqual(['errors.mjs'])
    await bizerror(args)
    expect(await bizerror([...args, '--title', 'Other', '--check'])).toEqual({
      code: 1,
      out: 'out/index.md differs. Run bizerror docs.\n',
      err: '',
    })
  })

  test.each([
    ['md', []],
    ['md', ['--single']],
    ['html', []],
    ['html', ['--single']],
  ])('writes %s %j among no files of others, and again over its own', async (format, rest) => {
    const { bizerror, files, read, write } = project({ 'errors.mjs': SHOP, 'src/index.md': '# Ours\n' })
    const args = ['docs', '-c', 'errors.mjs', '-q', '-f', format, ...rest]
    const before = files()
    expect(await bizerror([...args, '-o', 'src/'])).toEqual({
      code: 2,
      out: '',
      err: 'src/ holds files that bizerror docs did not write. Give a folder of its own: -o src/errors\n',
    })
    expect([files(), read('src/index.md')]).toEqual([before, '# Ours\n'])
    expect((await bizerror([...args, '-o', 'src/', '--check'])).code).toBe(1)
    write('src/errors/.gitkeep', '')
    const done = { code: 0, out: '', err: '' }
    expect(await bizerror([...args, '-o', 'src/errors'])).toEqual(done)
    expect(await bizerror([...args, '-o', 'src/errors', '--title', 'Tea'])).toEqual(done)
  })

  test.each([
    ['no folder', [], 'bizerror docs needs a folder. Give it: -o docs/errors\n'],
    ['many files on stdout', ['-o', '-'], '-o - is one file. Add --single, or give a folder.\n'],
    ['a language', ['-o', 'out', '--languages', 'fr'], 'Catalog shop has no texts in "fr". It has: en.\n'],
    [
      'a code',
      ['-o', 'out', '--hide', '10009'],
      '--hide has "10009", which is no code or key of catalog shop. Name an error that it has.\n',
    ],
    ['a base', ['-o', 'out', '--base', '//evil'], '--base is "//evil". Give a path such as /errors/.\n'],
    ['a format', ['-o', 'out', '-f', 'pdf'], '--format is "pdf". Give one of html, md.\n'],
  ])('refuses %s', async (_, args, err) => {
    const { bizerror, files } = project({ 'errors.mjs': SHOP })
    expect(await bizerror(['docs', '-c', 'errors.mjs', ...args])).toEqual({ code: 2, out: '', err })
    expect(files()).toEqual(['errors.mjs'])
  })
})
